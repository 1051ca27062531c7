"""What a comparison found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from componium._calls.trace import Trace
    from componium.parity._agreement import Disagreement
    from componium.parity._case import Case
    from componium.parity._rules import Rules


@dataclass(frozen=True)
class Difference:
    """A case in which the two sides do not do the same."""

    function: str
    """The function whose call differs, by its name in Python."""
    case: Case
    """The calls up to that one; of generated ones the smallest that were found."""
    disagreements: tuple[Disagreement, ...]
    a: Trace
    """What the last call did on the first side."""
    b: Trace
    """What it did on the second."""
    reproduce: tuple[str, str]
    """For each side, a line of Python that makes the calls again; empty for a recording."""
    unstable: bool = False
    """Whether the sides did the same when the case was run again: a function may be nondeterministic."""


@dataclass(frozen=True)
class Comparison:
    """What was compared of one function, or of calls in a row."""

    name: str
    """The function's name in Python, or `calls in a row`."""
    cases: int
    """How many cases were run, until the first difference where they were generated."""
    differences: tuple[Difference, ...] = ()
    rules: Rules | None = None
    omitted: int = 0
    """How many further differences there are."""


@dataclass(frozen=True)
class Report:
    """What a comparison of two plugins, or of a recording with a plugin, found."""

    a: str
    """The name of the first side."""
    b: str
    """The name of the second."""
    comparisons: tuple[Comparison, ...]
    skipped: Mapping[str, str] = field(default_factory=dict)
    """Functions that were not compared, by their names in Python, and why."""
    labels: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The names in Python of all functions, by their names in WIT."""
    seed: int | None = None
    """What the generated cases follow from."""
    seconds: float = 0.0

    @property
    def equal(self) -> bool:
        """Whether no difference was found."""
        return not self.differences

    @property
    def differences(self) -> tuple[Difference, ...]:
        """All differences."""
        return tuple(difference for comparison in self.comparisons for difference in comparison.differences)

    @property
    def cases(self) -> int:
        """How many cases were run."""
        return sum(comparison.cases for comparison in self.comparisons)
