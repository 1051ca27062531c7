"""Whether a wheel's sources have changed: the build must know before any build tool runs or is importable."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tasks.build_artifact import ROOT, digest

# Results that tools put between the sources.
_RESULTS = frozenset({".pyc", ".pyd", ".so"})


def fingerprint(paths: Iterable[str], settings: Mapping[str, str]) -> str:
    """One digest over files, their names and settings.

    Args:
        paths: Files and folders, relative to the root; a missing one counts as such.
        settings: What else a result depends on.
    """
    files = {file.relative_to(ROOT).as_posix(): digest(file) for path in paths for file in _files(ROOT / path)}
    content = {"paths": sorted(paths), "files": files, "settings": dict(settings)}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    for file in path.rglob("*"):
        if file.is_file() and file.suffix not in _RESULTS:
            yield file
