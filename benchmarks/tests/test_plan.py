"""The order of turns."""

from collections import Counter
from pathlib import Path

from benchmarks.artifacts import Artifacts
from benchmarks.plan import Effort, Plan

PLAN = Plan(Artifacts(Path(), Path()), ("a", "b", "c"), ("add", "sum"), Effort(3, 1, 0.001, 2))


def test_backends_alternate_and_begin_in_turn() -> None:
    """In every round each backend has one turn, and another one begins."""
    first = [turn.backend for turn in PLAN.turns() if turn.workload == "add"]
    assert "".join(first) == "abcbcacab"


def test_workloads_follow_one_another() -> None:
    """A workload is finished before the next begins."""
    assert [turn.workload for turn in PLAN.turns()] == ["add"] * 9 + ["sum"] * 9


def test_every_backend_starts_as_often() -> None:
    """One start fills caches, then come those that were asked for."""
    assert Counter(start.backend for start in PLAN.starts()) == {"a": 3, "b": 3, "c": 3}
