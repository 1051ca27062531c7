"""The file that a recording is written to."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CLOSED = -1


class RecordingFile:
    """A file of lines, each written at once: what is written survives the end of the process, however that comes."""

    def __init__(self, path: Path, header: bytes, limit: int | None, keep: int) -> None:
        """Open a file, to write behind what it has.

        Args:
            path: The file.
            header: The first line of each file.
            limit: How many bytes a file may have, unless a single line has more; then the next one begins.
            keep: How many files before the current one are kept, as `PATH.1`, the youngest, to `PATH.<keep>`.
        """
        self._path = path
        self._header = header
        self._limit = limit
        self._keep = keep
        self._lock = threading.Lock()
        self._file = CLOSED
        self._size = self._begin = 0
        self._open()

    def write(self, line: bytes) -> None:
        """Write a line; nothing after the file was closed."""
        with self._lock:
            if self._file == CLOSED:
                return
            if self._limit is not None and self._size + len(line) > self._limit and self._size > self._begin:
                os.close(self._file)
                self._rotate()
                self._open()
            self._put(line)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._file != CLOSED:
                os.close(self._file)
                self._file = CLOSED

    def _open(self) -> None:
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        self._file = os.open(self._path, flags, 0o600)  # arguments may be private
        self._size = os.lseek(self._file, 0, os.SEEK_END)
        if self._size and not self._ends_a_line():
            self._put(b"\n")
        self._put(self._header)
        self._begin = self._size

    def _ends_a_line(self) -> bool:
        os.lseek(self._file, -1, os.SEEK_END)
        return os.read(self._file, 1) == b"\n"

    def _put(self, line: bytes) -> None:
        self._size += len(line)
        while line:
            line = line[os.write(self._file, line) :]

    def _rotate(self) -> None:
        """Make room for the next file."""
        for number in range(self._keep, 1, -1):
            older = self._numbered(number - 1)
            if older.exists():
                older.replace(self._numbered(number))
        if self._keep:
            self._path.replace(self._numbered(1))
        else:
            self._path.unlink()

    def _numbered(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.name}.{number}")
