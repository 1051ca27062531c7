"""How much memory this process uses at most."""

import sys
from pathlib import Path

PROCESS = Path("/proc/self")
MEBIBYTE = 1 << 20


class Peak:
    """The growth of the process's resident memory since this object was made.

    On Linux the peak is measured anew each time. Elsewhere only the highest peak of the process is known, so that
    growth below an earlier one is not seen; Windows does not tell.
    """

    def __init__(self) -> None:
        if PROCESS.is_dir():
            (PROCESS / "clear_refs").write_text("5", encoding="ascii")  # resets the peak to what is in use now
        self._before = _peak()

    def growth(self) -> float:
        """Return the growth in MiB."""
        return (_peak() - self._before) / MEBIBYTE


def _peak() -> int:
    """Return the most bytes that were resident."""
    if PROCESS.is_dir():
        status = (PROCESS / "status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) << 10
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415  # not on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak << 10
