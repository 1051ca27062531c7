"""Times the start of every backend, in a process of its own that imports nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.bench import Bench
from benchmarks.plan import Start

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for Componium's machine code, empty at the first start."""
    return tmp_path_factory.mktemp("cache")


def bench_start(benchmark: BenchmarkFixture, bench: Bench, start: Start, cache: Path) -> None:
    """One start: the process notes its phases, from the import of the technology to the first answer."""
    if start.backend in bench.missing:
        pytest.skip(bench.missing[start.backend])
    artifacts = bench.plan.artifacts
    command = [sys.executable, "-m", "benchmarks.start", start.backend, str(artifacts.guests), str(artifacts.native)]
    environment = {**os.environ, "COMPONIUM_CACHE_DIR": str(cache)}
    finished = benchmark.pedantic(run, args=(command, environment))  # type: ignore[no-untyped-call]  # as in bench_calls.py
    assert finished.returncode == 0, finished.stderr
    benchmark.group = "start"
    benchmark.extra_info.update(start=start.number, backend=start.backend, phases=json.loads(finished.stdout))


def run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a process in the folder from which it can import `benchmarks`."""
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
