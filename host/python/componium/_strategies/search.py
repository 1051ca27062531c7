"""Looking for the smallest case that differs, with Hypothesis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

    from componium.parity._case import Case

Found = TypeVar("Found")

_SETTINGS = hypothesis.settings(
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    print_blob=False,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
    verbosity=Verbosity.quiet,
)


@dataclass(frozen=True)
class Search(Generic[Found]):
    """What a search did."""

    tried: int
    """How many cases there were until the first difference; those that made it smaller are not counted."""
    found: Found | None
    """The difference of the smallest case."""
    unstable: bool
    """Whether a case that differed did not differ again."""


class _Different(Exception):  # noqa: N818  # tells Hypothesis to make the case smaller
    """A case differs."""


def search(
    cases: SearchStrategy[Case], check: Callable[[Case], Found | None], *, examples: int, seed: int
) -> Search[Found]:
    """Run generated cases until one differs, then smaller ones.

    Args:
        cases: Strategy for cases.
        check: Runs one and returns the difference, if there is any.
        examples: How many cases to run.
        seed: What the cases follow from.
    """
    tried = 0
    found: Found | None = None
    unstable = False

    def test(case: Case) -> None:
        nonlocal tried, found
        tried += found is None
        difference = check(case)
        if difference is not None:
            found = difference
            raise _Different

    run = hypothesis.seed(seed)(hypothesis.settings(_SETTINGS, max_examples=examples)(hypothesis.given(cases)(test)))
    try:
        run()
    except _Different:
        pass
    except hypothesis.errors.Flaky:
        unstable = True
    return Search(tried, found, unstable)
