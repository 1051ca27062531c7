"""Times the call of every workload on every backend."""

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.backends.backend import UnavailableError
from benchmarks.bench import Bench, find_workload, run
from benchmarks.plan import Turn


def bench_call(benchmark: BenchmarkFixture, bench: Bench, turn: Turn) -> None:
    """One backend's turn: a checked answer, a timing that warms up, and the timings that count."""
    workload = find_workload(turn.workload)
    try:
        call = bench.verified(turn.backend, workload)
    except UnavailableError as error:
        pytest.skip(str(error))
    calibration = bench.calibration(turn.backend, workload, call)
    benchmark.group = turn.workload
    benchmark.extra_info.update(
        turn=turn.number, backend=turn.backend, workload=turn.workload, iterations=calibration.iterations
    )
    benchmark.pedantic(  # type: ignore[no-untyped-call]  # pytest-benchmark has no annotations
        run,
        args=(call, bench.arguments(workload, turn.number), calibration.iterations),
        warmup_rounds=1 if calibration.rounds > 1 else 0,
        rounds=calibration.rounds,
    )
