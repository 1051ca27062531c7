"""The order of turns."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from benchmarks.artifacts import Artifacts
from benchmarks.backends.registry import Entry, find
from benchmarks.plan import LASTING, Effort, Plan

ENTRIES = (
    Entry("a", "A", "a:A"),
    Entry("b", "B", "b:B"),
    Entry("c", "C", "c:C"),
    Entry("d", "D", "d:D", workloads=("echo",), starts=False),
)
PLAN = Plan(Artifacts(Path(), Path()), ENTRIES, ("add", "sum"), Effort(3, 1, 0.001, 2, 0.1))


def test_backends_alternate_and_begin_in_turn() -> None:
    """In every round each backend has one turn, and another one begins."""
    first = [turn.backend for turn in PLAN.turns() if turn.workload == "add"]
    assert "".join(first) == "abcbcacab"


def test_backends_take_turns_on_what_they_have() -> None:
    """A backend that is there for one workload leaves the others alone."""
    plan = replace(PLAN, workloads=("sum", "echo"))
    assert {turn.workload for turn in plan.turns() if turn.backend == "d"} == {"echo"}


def test_workloads_follow_one_another() -> None:
    """A workload is finished before the next begins."""
    assert [turn.workload for turn in PLAN.turns()] == ["add"] * 9 + ["sum"] * 9


def test_every_backend_starts_as_often() -> None:
    """One start fills caches, then come those that were asked for."""
    assert Counter(start.backend for start in PLAN.starts()) == {"a": 3, "b": 3, "c": 3}


def test_one_thread_and_two_alternate() -> None:
    """For every length of calls, and each round begins with the other."""
    plan = replace(PLAN, backends=(*ENTRIES, find("wasm-rust")))
    crowds = [crowd for crowd in plan.crowds() if crowd.lasting == LASTING[0]]
    assert {crowd.backend for crowd in crowds} == {"wasm-rust"}
    assert [crowd.threads for crowd in crowds] == [1, 2, 2, 1, 1, 2]
