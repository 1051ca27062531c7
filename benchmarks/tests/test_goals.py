"""The goals."""

import dataclasses

import pytest

from benchmarks.goals import GOALS, Goal, Outcome, outcomes
from benchmarks.results import Results


def figures(results: Results) -> dict[str, tuple[float, bool]]:
    """Return the figure of each goal and whether it is met."""
    return {outcome.goal.title: (outcome.figure, outcome.met) for outcome in outcomes(results)}


@pytest.mark.parametrize(
    ("title", "figure", "met"),
    [
        ("call overhead: of ctypes with declared types", 1.5, False),
        ("call overhead: beyond wasmtime's typed Rust call", 60e-9, True),
        ("call overhead: cheaper than in PyPI wasmtime", 100.0, True),
        ("64 KiB of bytes in: of memcpy and a call", 1.5, True),
        ("64 KiB of bytes in: cheaper than in PyPI wasmtime", 1000.0, False),
        ("calls of 1 ms: two threads, of one thread", 1.95, True),
    ],
)
def test_goal_has_a_figure(results: Results, title: str, figure: float, *, met: bool) -> None:
    """Each is taken turn by turn, and judged by itself."""
    measured, reached = figures(results)[title]
    assert measured == pytest.approx(figure)
    assert reached is met


def test_what_was_not_measured_has_no_outcome(results: Results) -> None:
    """Records were not, in these results; and without calls and threads there is nothing to judge."""
    assert "1,000 records out: cheaper than in PyPI wasmtime" not in figures(results)
    own = tuple(call for call in results.calls if call.backend == "wasm-rust")
    assert outcomes(dataclasses.replace(results, calls=own, crowds=())) == []


@pytest.mark.parametrize(
    ("most", "figure", "met"),
    [(True, 2.0, True), (True, 2.01, False), (False, 2.0, True), (False, 1.99, False)],
)
def test_limit_belongs_to_the_goal(figure: float, *, most: bool, met: bool) -> None:
    """Exactly what is wanted is enough."""
    goal = Goal("a goal", lambda *_: figure, 2.0, most=most)
    assert Outcome(goal, "wasm-c", figure).met is met


def test_goals_say_what_is_wanted() -> None:
    """In the unit of the figure."""
    assert {str(goal) for goal in GOALS} >= {"at most 1.00x", "at most 70.0 ns", "at least 60.0x"}
