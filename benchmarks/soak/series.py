"""How much memory the process holds while something is repeated."""

import gc
from collections.abc import Callable
from dataclasses import dataclass

import psutil

from benchmarks.soak.steps import Step, repeat

POINTS = 10
LIMIT = 2 * 2**20
"""Bytes by which the process may grow from the second of ten points to the last: room for allocators, not for a leak.

Of ten million calls, each could leave a quarter of a byte; of a hundred thousand instances, each 26 bytes.
"""


@dataclass(frozen=True)
class Series:
    """Memory over time.

    Attributes:
        title: What was repeated.
        done: How often, at each point.
        resident: The process's resident memory at each point, in bytes.
    """

    title: str
    done: tuple[int, ...]
    resident: tuple[int, ...]

    @property
    def growth(self) -> int:
        """Bytes that came since the second point; the first tenth fills caches and free lists."""
        return self.resident[-1] - self.resident[1]

    @property
    def flat(self) -> bool:
        """Whether the growth is within the limit."""
        return self.growth <= LIMIT


def measure(title: str, steps: list[Step], times: int, listen: Callable[[int, int], None]) -> Series:
    """Repeat the steps and look at memory ten times.

    Args:
        title: What is repeated.
        steps: What to do, one after the other.
        times: How many steps to take altogether.
        listen: Is told, at each point, how many steps were taken and how many bytes are resident.
    """
    process = psutil.Process()
    done: list[int] = []
    resident: list[int] = []
    for point in range(1, POINTS + 1):
        before = done[-1] if done else 0
        done.append(times * point // POINTS)
        repeat(steps, done[-1] - before)
        gc.collect()
        resident.append(process.memory_info().rss)
        listen(done[-1], resident[-1])
    return Series(title, tuple(done), tuple(resident))
