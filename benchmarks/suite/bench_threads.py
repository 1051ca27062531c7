"""Times calls of one thread, and of two at once, each with an instance of its own."""

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.backends.backend import UnavailableError
from benchmarks.plan import Crowd
from benchmarks.threads import Crews, work


def bench_threads(benchmark: BenchmarkFixture, crews: Crews, crowd: Crowd) -> None:
    """One turn: every thread makes as many calls, and all begin together."""
    try:
        crew = crews.find(crowd.backend, crowd.lasting)
    except UnavailableError as error:
        pytest.skip(str(error))
    benchmark.group = "threads"
    benchmark.extra_info.update(
        number=crowd.number,
        backend=crowd.backend,
        lasting=crowd.lasting,
        threads=crowd.threads,
        calls=crowd.threads * crew.iterations,
    )
    calls = crew.calls[: crowd.threads]
    benchmark.pedantic(  # type: ignore[no-untyped-call]  # as in bench_calls.py
        work, args=(calls, crew.expression, crew.iterations)
    )
