"""The makefiles in which compilers list what they read."""

from pathlib import Path


def prerequisites(file: Path, folder: Path) -> list[Path]:
    """What a makefile's first target depends on.

    Args:
        file: A `.d` file; a blank or a line end inside its list carries a backslash.
        folder: What relative paths in it are relative to.

    Returns:
        The files that exist, absolute.
    """
    rule = file.read_text(encoding="utf-8").replace("\\\n", " ").partition("\n")[0]
    words = rule.partition(": ")[2].replace("\\ ", "\0").split()
    paths = [(folder / word.replace("\0", " ")).resolve() for word in words]
    return [path for path in paths if path.is_file()]
