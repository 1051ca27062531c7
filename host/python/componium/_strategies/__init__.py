"""Hypothesis strategies made from WIT; see `componium.strategies`."""

try:
    import hypothesis  # noqa: F401  # said here what its absence means
except ModuleNotFoundError as error:
    if error.name != "hypothesis":
        raise
    message = "values are generated with Hypothesis, which is not installed: `pip install componium[testing]`"
    raise ModuleNotFoundError(message, name=error.name) from error
