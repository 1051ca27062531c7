"""Times the start of every backend, in a process of its own that imports nothing else."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.bench import Bench
from benchmarks.plan import Start

ROOT = Path(__file__).parents[2]


def bench_start(benchmark: BenchmarkFixture, bench: Bench, start: Start) -> None:
    """One start: the process notes its phases, from the import of the technology to the first answer."""
    artifacts = bench.plan.artifacts
    command = [sys.executable, "-m", "benchmarks.start", start.backend, str(artifacts.guests), str(artifacts.native)]
    finished = benchmark.pedantic(run, args=(command,))  # type: ignore[no-untyped-call]  # as in bench_calls.py
    assert finished.returncode == 0, finished.stderr
    answer = json.loads(finished.stdout)
    if "missing" in answer:
        bench.missing[start.backend] = answer["missing"]
        pytest.skip(answer["missing"])
    benchmark.group = "start"
    benchmark.extra_info.update(start=start.number, backend=start.backend, phases=answer["phases"])


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a process in the folder from which it can import `benchmarks`."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
