"""The verdicts: is a compiled plugin within 20% of native C, and of its own source as a native plugin?"""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.collect import quartiles
from benchmarks.figures import factor
from benchmarks.results import Results

BASELINE = "native-cffi"
LIMIT = 1.2  # a compiled plugin may take this many times as long as the baseline
COMPILED = ("wasm-rust", "wasm-c")
TWINS = {"wasm-rust": "library-rust", "wasm-c": "library-c"}  # the same source as a native plugin


@dataclass(frozen=True)
class Ratio:
    """How many times as long one backend takes as another: the median over turns taken together, and the quartiles."""

    lower_quartile: float
    median: float
    upper_quartile: float


@dataclass(frozen=True)
class Verdict:
    """Whether a compiled plugin is within the limit on one workload."""

    workload: str
    backend: str
    ratio: Ratio

    @property
    def met(self) -> bool:
        """Whether it is."""
        return self.ratio.median <= LIMIT

    def __str__(self) -> str:
        """Return what a table says."""
        figure = factor(self.ratio.median)
        return f"within {LIMIT - 1:.0%}: {figure}" if self.met else f"missed: {figure}"


def compare(results: Results, workload: str, backend: str, other: str) -> Ratio | None:
    """Compare two backends turn by turn, so that what slowed the machine down in one turn falls on both.

    Returns:
        How many times as long `backend` takes as `other`, or `None` where one of them was not measured.
    """
    call, reference = results.call(workload, backend), results.call(workload, other)
    if call is None or reference is None:
        return None
    ratios = [one / another for one, another in zip(call.turns, reference.turns, strict=True)]
    return Ratio(*quartiles(ratios))


def verdicts(results: Results) -> list[Verdict]:
    """Judge the compiled plugins on every workload that was measured, by native C."""
    return judged(results, dict.fromkeys(COMPILED, BASELINE))


def twin_verdicts(results: Results) -> list[Verdict]:
    """Judge them by the same source as a native plugin: like for like."""
    return judged(results, TWINS)


def judged(results: Results, references: Mapping[str, str]) -> list[Verdict]:
    """Judge each backend by its reference on every workload that both were measured on."""
    return [
        Verdict(workload, backend, ratio)
        for workload in results.workloads
        for backend, reference in references.items()
        if (ratio := compare(results, workload, backend, reference)) is not None
    ]
