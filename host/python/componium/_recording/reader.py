"""Reading recordings."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from componium._recording.lines import Header, read_line

if TYPE_CHECKING:
    import os

    from componium._calls.trace import Trace


@dataclass(frozen=True)
class Recording:
    """What one recorder wrote into one file."""

    header: Header
    instances: dict[int, list[Trace]] = field(default_factory=dict)
    """The calls of each instance, in the order in which they ended."""


def read_recordings(path: str | os.PathLike[str]) -> list[Recording]:
    """Read a file of recordings.

    Args:
        path: The file. A line that was cut off by the end of the process that wrote it is passed over.

    Returns:
        What each recorder wrote, in order.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is no recording; the message has file and line.
    """
    found: list[Recording] = []
    lines = Path(path).read_bytes().splitlines()
    for number, line in enumerate(lines, 1):
        try:
            read = read_line(line)
        except ValueError as error:
            if found and _is_cut(lines, number):
                continue
            raise ValueError(f"{path}:{number}: no line of a recording: {error}") from error
        if isinstance(read, Header):
            found.append(Recording(read))
        elif not found:
            raise ValueError(f"{path}:{number}: a recording begins with a line that says what was recorded")
        else:
            found[-1].instances.setdefault(read.instance, []).append(read.trace)
    if not found:
        raise ValueError(f"{path}: the file is empty")
    return found


def _is_cut(lines: list[bytes], number: int) -> bool:
    """Whether a line is the last that a process wrote: at the end, or before the header of the next one."""
    if number == len(lines):
        return True
    try:
        return isinstance(read_line(lines[number]), Header)
    except ValueError:
        return False
