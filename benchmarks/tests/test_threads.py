"""Calls of several threads."""

import threading
from pathlib import Path

import pytest

from benchmarks.artifacts import Artifacts
from benchmarks.backends.pure_python import PurePython
from benchmarks.threads import gather, repeated, work
from benchmarks.workloads import EXPRESSION_VALUE


def test_longer_calls_evaluate_more(tmp_path: Path) -> None:
    """A call that lasts ten times as long has about ten times the expression, and is made a tenth as often."""
    backend = PurePython(Artifacts(tmp_path, tmp_path), "")
    evaluate = backend.instantiate(backend.load()).evaluate
    short, long = (gather((evaluate,), seconds, 0.1) for seconds in (0.001, 0.01))
    assert 3 * len(short.expression) < len(long.expression)
    assert (short.iterations, long.iterations) == (100, 10)


def test_wrong_answers_stop_the_benchmark() -> None:
    """Before anything is timed."""
    with pytest.raises(AssertionError):
        gather((lambda _: EXPRESSION_VALUE / 2,), 0.001, 0.1)


def test_every_thread_makes_its_calls() -> None:
    """With a function of its own, at the same time as the others."""
    together = threading.Barrier(2)
    calls: list[str] = []

    def call(expression: str) -> float:
        together.wait(timeout=60)
        calls.append(expression)
        return 0.0

    work((call, call), repeated(1), 3)
    assert calls == [repeated(1)] * 6
