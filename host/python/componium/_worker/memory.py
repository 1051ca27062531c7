"""The limit of a worker's memory."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["limit_memory"]


def limit_memory(most: int) -> None:
    """Let this process take so many bytes beyond what it has, on Linux: the kernel refuses more.

    Args:
        most: Bytes of private, writable memory.
    """
    import resource  # noqa: PLC0415  # which Windows lacks

    limit = _used() + most
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _used() -> int:
    """Return the bytes that the kernel counts against this limit."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"^VmData:\s*(\d+) kB$", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
