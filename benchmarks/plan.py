"""What one run measures, and how often."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.artifacts import Artifacts


@dataclass(frozen=True)
class Effort:
    """How often everything is measured.

    Attributes:
        turns: How often the backends take turns on each workload.
        rounds: How many timings a backend makes in one turn.
        round_time: What one timing should last at least, in seconds; short calls are repeated to fill it.
        starts: How often each backend is started in a process of its own, after a first start that fills caches.
    """

    turns: int
    rounds: int
    round_time: float
    starts: int


FULL = Effort(turns=40, rounds=5, round_time=0.002, starts=7)
QUICK = Effort(turns=6, rounds=3, round_time=0.001, starts=2)


@dataclass(frozen=True)
class Turn:
    """One backend's turn on one workload."""

    workload: str
    backend: str
    number: int

    def __str__(self) -> str:
        """Return the identifier of the test that takes the turn."""
        return f"{self.workload}-{self.backend}-{self.number}"


@dataclass(frozen=True)
class Start:
    """One start of a backend in a process of its own."""

    backend: str
    number: int

    def __str__(self) -> str:
        """Return the identifier of the test that makes the start."""
        return f"{self.backend}-{self.number}"


@dataclass(frozen=True)
class Plan:
    """One run."""

    artifacts: Artifacts
    backends: tuple[str, ...]
    workloads: tuple[str, ...]
    effort: Effort

    def turns(self) -> Iterator[Turn]:
        """Yield the turns in the order in which they are taken.

        The backends of one workload alternate, so that a machine which slows down or warms up does so for all of them.
        Each round of turns begins with another backend, so that none always runs after the same neighbour's garbage.
        """
        for workload in self.workloads:
            for number in range(self.effort.turns):
                for backend in rotated(self.backends, number):
                    yield Turn(workload, backend, number)

    def starts(self) -> Iterator[Start]:
        """Yield the starts in the order in which they are made, alternating like the turns; number 0 is the first."""
        for number in range(self.effort.starts + 1):
            for backend in rotated(self.backends, number):
                yield Start(backend, number)


def rotated(names: tuple[str, ...], by: int) -> tuple[str, ...]:
    """Return the names beginning with another one each time."""
    first = by % len(names) if names else 0
    return names[first:] + names[:first]
