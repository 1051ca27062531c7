"""Errors of componentize-py."""

from pathlib import Path

import pytest
from componium_sdk import Place
from componium_sdk._diagnostics._traceback import first_error, python_output

FOLDER = Path("/plugin")
APP = FOLDER / "app.py"

WRAPPED = """\
Traceback (most recent call last):
  File "<string>", line 1, in <module>
AssertionError: {text}


Caused by:
    {cause}

Stack backtrace:
   0: <anyhow::Error>::msg::<alloc::string::String>
"""

SYNTAX = """\
  File "/0/app.py", line 7
    return [
           ^
SyntaxError: '[' was never closed"""

IMPORT = """\
Traceback (most recent call last):
  File "/0/app.py", line 1, in <module>
    import words
  File "/0/sub/words.py", line 3, in <module>
    1 / 0
  File "/1/shared.py", line 9, in <module>
    import nonsense
  File "<frozen importlib._bootstrap>", line 1360, in _find_and_load
ModuleNotFoundError: No module named 'nonsense'"""


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        (SYNTAX, "SyntaxError: '[' was never closed", Place(APP, 7)),
        (IMPORT, "ModuleNotFoundError: No module named 'nonsense'", Place(Path("/sdk/shared.py"), 9)),
        (
            "AttributeError: module 'app' has no attribute 'Runner'",
            "AttributeError: module 'app' has no attribute 'Runner'",
            Place(APP),
        ),
        ('Unable to resolve `Some("x")`.\nAvailable worlds: []', 'Unable to resolve `Some("x")`.', Place(APP)),
    ],
    ids=["syntax", "import", "without a line", "not Python's"],
)
def test_finds_the_innermost_line(text: str, message: str, place: Place) -> None:
    """The place is the innermost line of the plugin, by its path on this machine."""
    found = first_error(WRAPPED.format(text=text, cause=text.splitlines()[-1]), [FOLDER, Path("/sdk")], APP)

    assert (found.message, found.place) == (message, place)


def test_output_is_python_s_alone() -> None:
    """The tool's frames and stack are gone; paths are this machine's."""
    output = python_output(WRAPPED.format(text=SYNTAX, cause="x"), [FOLDER])

    assert output == SYNTAX.strip().replace("/0/app.py", str(APP))


def test_understands_nothing_too() -> None:
    """Even silence becomes a message."""
    assert first_error("", [FOLDER], APP).message == "failed without a message"
