"""Fingerprints: what decides whether something must be built again.

A fingerprint covers the content of every input file, which files there are, and the settings: versions of tools, flags.
Times of files say nothing here, so a fresh checkout of the same sources builds nothing that is built already.
"""

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

# Folders that tools keep beside sources; nothing in them is an input.
TOOL_FOLDERS = frozenset(
    {
        *(".git", ".hg", ".hypothesis", ".mypy_cache", ".nox", ".pytest_cache", ".ruff_cache", ".venv"),
        *("__pycache__", "node_modules", "target"),
    }
)


def fingerprint(inputs: Iterable[Path], settings: Mapping[str, str], *, exclude: Collection[Path] = ()) -> str:
    """The fingerprint of files and settings.

    Args:
        inputs: Files and folders, absolute; of a folder counts everything in it but `TOOL_FOLDERS`. A missing one has a
            fingerprint too, another than any that exists.
        settings: What else the result depends on.
        exclude: Files and folders inside `inputs`, absolute, that do not count.

    Returns:
        A SHA-256 in hexadecimal.
    """
    content = {
        "settings": dict(settings),
        "files": {str(file): _digest(file) for root in inputs for file in _files(root, frozenset(exclude))},
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def file_digest(file: Path) -> str:
    """The SHA-256 of a file in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _digest(file: Path) -> str:
    return file_digest(file) if file.is_file() else "missing"


def _files(root: Path, exclude: frozenset[Path]) -> Iterator[Path]:
    """The files of a tree, symbolic links followed, each folder once."""
    if not root.is_dir():
        if root not in exclude:
            yield root
        return
    seen: set[str] = set()
    for folder, names, files in os.walk(root, followlinks=True):
        seen.add(os.path.realpath(folder))
        path = Path(folder)
        names[:] = [
            name
            for name in names
            if name not in TOOL_FOLDERS and path / name not in exclude and os.path.realpath(path / name) not in seen
        ]
        yield from (path / name for name in files if path / name not in exclude)
