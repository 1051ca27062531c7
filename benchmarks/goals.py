"""The goals: what a call through Componium is to cost, each with a figure of this run and whether it is met."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.figures import duration, factor
from benchmarks.results import Results
from benchmarks.verdict import COMPILED, compare

PEERS = {"wasm-rust": "wasmtime-rust", "wasm-c": "wasmtime-c"}  # the same file in PyPI's wasmtime
FLOORS = {"wasm-rust": "floor-rust", "wasm-c": "floor-c"}  # the same file, called from Rust
LONG_CALL = 1e-3
"""How long a call must last, in seconds, for two threads to be judged."""

Figure = Callable[[Results, str], float | None]


@dataclass(frozen=True)
class Goal:
    """What is wanted.

    Attributes:
        title: What is compared.
        figure: Takes it from the results for a plugin; `None` where something was not measured.
        wanted: The figure that is wanted.
        most: Whether `wanted` is the most that is allowed; otherwise it is the least.
        write: Writes such a figure.
    """

    title: str
    figure: Figure
    wanted: float
    most: bool
    write: Callable[[float], str] = factor

    def __str__(self) -> str:
        """Say what is wanted."""
        return f"at {'most' if self.most else 'least'} {self.write(self.wanted)}"


@dataclass(frozen=True)
class Outcome:
    """What came of a goal with one plugin."""

    goal: Goal
    backend: str
    figure: float

    @property
    def met(self) -> bool:
        """Whether the goal is met."""
        return self.figure <= self.goal.wanted if self.goal.most else self.figure >= self.goal.wanted

    def __str__(self) -> str:
        """Return what a table says."""
        return f"{'met' if self.met else 'missed'}: {self.goal.write(self.figure)}"


def share(workload: str, other: str) -> Figure:
    """Return how many times as long a call takes as one of another backend."""

    def figure(results: Results, backend: str) -> float | None:
        ratio = compare(results, workload, backend, other)
        return None if ratio is None else ratio.median

    return figure


def advantage(workload: str) -> Figure:
    """Return how many times cheaper a call is than in PyPI's wasmtime."""

    def figure(results: Results, backend: str) -> float | None:
        ratio = compare(results, workload, PEERS[backend], backend)
        return None if ratio is None else ratio.median

    return figure


def overhead(results: Results, backend: str) -> float | None:
    """Return how much longer the smallest call takes than from Rust, in seconds."""
    call, floor = results.call("add", backend), results.call("add", FLOORS[backend])
    if call is None or floor is None:
        return None
    return statistics.median(ours - theirs for ours, theirs in zip(call.turns, floor.turns, strict=True))


def copying(results: Results, backend: str) -> float | None:
    """Return how many times as long it takes to hand bytes over as to copy them and to make the smallest call."""
    call, copy, smallest = (
        results.call("receive", backend),
        results.call("receive", "memcpy"),
        results.call("add", backend),
    )
    if call is None or copy is None or smallest is None:
        return None
    return statistics.median(
        ours / (alone + smallest.median) for ours, alone in zip(call.turns, copy.turns, strict=True)
    )


def gain(results: Results, backend: str) -> float | None:
    """Return how many times as many long calls two threads make as one."""
    crowd = next((crowd for crowd in results.crowds if (crowd.backend, crowd.lasting) == (backend, LONG_CALL)), None)
    return None if crowd is None else crowd.gain


GOALS = (
    Goal("call overhead: of ctypes with declared types", share("add", "native-ctypes"), 1.0, most=True),
    Goal("call overhead: beyond wasmtime's typed Rust call", overhead, 70e-9, most=True, write=duration),
    Goal("call overhead: cheaper than in PyPI wasmtime", advantage("add"), 60.0, most=False),
    Goal("64 KiB of bytes in: of memcpy and a call", copying, 2.0, most=True),
    Goal("64 KiB of bytes in: cheaper than in PyPI wasmtime", advantage("receive"), 5000.0, most=False),
    Goal("1,000 records out: cheaper than in PyPI wasmtime", advantage("rows"), 150.0, most=False),
    Goal("calls of 1 ms: two threads, of one thread", gain, 1.9, most=False),
)


def outcomes(results: Results) -> list[Outcome]:
    """Judge the compiled plugins by every goal for which enough was measured."""
    return [
        Outcome(goal, backend, figure)
        for goal in GOALS
        for backend in COMPILED
        if (figure := goal.figure(results, backend)) is not None
    ]
