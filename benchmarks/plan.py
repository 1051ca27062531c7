"""What one run measures, and how often."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.artifacts import Artifacts
from benchmarks.backends.registry import Entry

Item = TypeVar("Item")

THREADED = ("wasm-rust", "native-ctypes")
"""The backends that are called by two threads: ours, and one that never holds the interpreter's lock while it works."""

LASTING = (1e-5, 1e-4, 1e-3)
"""How long the calls last that two threads make at once, in seconds."""


@dataclass(frozen=True)
class Effort:
    """How often everything is measured.

    Attributes:
        turns: How often the backends take turns on each workload.
        rounds: How many timings a backend makes in one turn.
        round_time: What one timing should last at least, in seconds; short calls are repeated to fill it.
        starts: How often each backend is started in a process of its own, after a first start that fills caches.
        threads_time: What the calls of one thread should last together in one turn of two threads, in seconds.
    """

    turns: int
    rounds: int
    round_time: float
    starts: int
    threads_time: float


FULL = Effort(turns=40, rounds=5, round_time=0.002, starts=7, threads_time=0.1)
QUICK = Effort(turns=6, rounds=3, round_time=0.001, starts=2, threads_time=0.05)


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
class Crowd:
    """One turn of one thread or of several, each with an instance of its own, with calls that last so long."""

    backend: str
    lasting: float
    threads: int
    number: int

    def __str__(self) -> str:
        """Return the identifier of the test that takes the turn."""
        return f"{self.backend}-{self.lasting:g}-{self.threads}-{self.number}"


@dataclass(frozen=True)
class Plan:
    """One run."""

    artifacts: Artifacts
    backends: tuple[Entry, ...]
    workloads: tuple[str, ...]
    effort: Effort

    def turns(self) -> Iterator[Turn]:
        """Yield the turns in the order in which they are taken.

        The backends of one workload alternate, so that a machine which slows down or warms up does so for all of them.
        Each round of turns begins with another backend, so that none always runs after the same neighbour's garbage.
        """
        for workload in self.workloads:
            backends = [entry.name for entry in self.backends if entry.has(workload)]
            for number in range(self.effort.turns):
                for backend in rotated(backends, number):
                    yield Turn(workload, backend, number)

    def starts(self) -> Iterator[Start]:
        """Yield the starts in the order in which they are made, alternating like the turns; number 0 is the first."""
        backends = [entry.name for entry in self.backends if entry.starts]
        for number in range(self.effort.starts + 1):
            for backend in rotated(backends, number):
                yield Start(backend, number)

    def crowds(self) -> Iterator[Crowd]:
        """Yield the turns of threads, one thread and two alternating."""
        for entry in self.backends:
            if entry.name not in THREADED:
                continue
            for lasting in LASTING:
                for number in range(self.effort.turns):
                    for threads in rotated((1, 2), number):
                        yield Crowd(entry.name, lasting, threads, number)


def rotated(items: Sequence[Item], by: int) -> list[Item]:
    """Return the items beginning with another one each time."""
    first = by % len(items) if items else 0
    return [*items[first:], *items[:first]]
