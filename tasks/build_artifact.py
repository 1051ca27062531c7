"""Something that was built, and the table of all."""

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent

_PIPE_WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Artifact:
    """A wheel or a plugin.

    Attributes:
        path: The file, absolute.
        size: Its size in bytes.
        sha256: Its digest in hexadecimal.
        seconds: What it took now.
        fresh: Whether an earlier build had made it already.
    """

    path: Path
    size: int
    sha256: str
    seconds: float
    fresh: bool


def digest(file: Path) -> str:
    """The SHA-256 of a file in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def print_table(artifacts: Sequence[Artifact]) -> None:
    """Print all artifacts to standard output."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("artifact", overflow="fold")  # a narrow terminal wraps this one
    for name in ("size", "sha256", "seconds", ""):
        table.add_column(name, no_wrap=True, justify="right" if name in {"size", "seconds"} else "left")
    for artifact in artifacts:
        table.add_row(
            artifact.path.relative_to(ROOT).as_posix(),
            f"{artifact.size:,}",
            artifact.sha256[:16],
            f"{artifact.seconds:.1f}",
            "fresh" if artifact.fresh else "built",
        )
    # A pipe has no width to ask for; the digests must not be cut for that.
    Console(width=None if sys.stdout.isatty() else _PIPE_WIDTH).print(table)
