"""Guest paths: absolute, `/` between names, on every host."""


def normalize(text: str) -> str:
    """Return the absolute path that a query's text stands for.

    `..` takes a name away and stays at the root when none is left.
    """
    names: list[str] = []
    for name in text.split("/"):
        if name == "..":
            del names[-1:]
        elif name not in {"", "."}:
            names.append(name)
    return "/" + "/".join(names)


def join(folder: str, name: str) -> str:
    """Return the path of the entry `name` in a folder."""
    return f"/{name}" if folder == "/" else f"{folder}/{name}"
