"""Opening and calibrating backends."""

import time
from pathlib import Path

import pytest

from benchmarks.artifacts import Artifacts
from benchmarks.backends.backend import Backend, Functions, Repeated, UnavailableError
from benchmarks.backends.registry import Entry, find
from benchmarks.bench import COPIES, Bench, calibrate, find_workload, run
from benchmarks.plan import Effort, Plan

EFFORT = Effort(turns=1, rounds=5, round_time=0.001, starts=1, threads_time=0.01)
PLAN = Plan(Artifacts(Path(), Path()), (find("python"),), ("add",), EFFORT)


class Absent(Backend):
    """A backend that no machine can run."""

    def load(self) -> object:
        """Say so."""
        raise UnavailableError("there is no such machine")

    def instantiate(self, code: object) -> Functions:
        """Never called."""
        raise AssertionError(code)


def test_unavailable_backend_is_remembered_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report can then say why it has no numbers."""
    monkeypatch.setattr(Entry, "create", lambda _, artifacts: Absent(artifacts, ""))
    bench = Bench(PLAN)
    for _ in range(2):
        with pytest.raises(UnavailableError, match="no such machine"):
            bench.verified("python", find_workload("add"))
    assert bench.missing == {"python": "there is no such machine"}


def test_short_calls_are_repeated_until_they_fill_a_timing() -> None:
    """As often as the plan says."""
    calibration = calibrate(abs, (1,), PLAN)
    assert calibration.iterations > 100
    assert calibration.rounds == 5


def test_long_calls_are_timed_once_a_turn() -> None:
    """Otherwise the slowest peer would take up most of the run."""
    calibration = calibrate(time.sleep, (0.01,), PLAN)
    assert (calibration.iterations, calibration.rounds) == (1, 1)


@pytest.mark.parametrize("name", ["add", "receive", "echo"])
def test_arguments_of_turns_are_equal(name: str) -> None:
    """A turn may only move them."""
    workload = find_workload(name)
    turns = [Bench(PLAN).arguments(workload, turn) for turn in range(3)]
    assert turns == [workload.arguments] * 3


def test_bytes_lie_elsewhere_in_the_next_turn() -> None:
    """So that an unlucky address is that of one turn."""
    bench, workload = Bench(PLAN), find_workload("receive")
    addresses = {id(bench.arguments(workload, turn)[0]) for turn in range(2 * COPIES)}
    assert len(addresses) == COPIES


@pytest.mark.parametrize("arguments", [(1,), (1, 2)])
def test_run_calls_as_often_as_asked(arguments: tuple[int, ...]) -> None:
    """Each call has the same arguments."""
    calls: list[tuple[int, ...]] = []
    run(lambda *received: calls.append(received), arguments, 3)
    assert calls == [arguments] * 3


def test_native_code_repeats_its_own_calls() -> None:
    """The loop is handed over, with the arguments before the number."""
    repeats: list[tuple[int, ...]] = []
    run(Repeated(max, lambda *received: repeats.append(received)), (1, 2), 1000)
    assert repeats == [(1, 2, 1000)]
