"""Runs the suite through pytest-benchmark and collects its results."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from rich.progress import Progress

from benchmarks import collect, floor_library, machine, native, pyo3_extension
from benchmarks.plan import Plan
from benchmarks.results import Results
from benchmarks.rotation import Rotation
from benchmarks.workloads import WORKLOADS

SUITE = Path(__file__).parent / "suite"


class SuiteError(Exception):
    """The suite failed; the text is what pytest said."""


def run(plan: Plan, output: Path, progress: Progress) -> Results:
    """Measure everything that is planned.

    Args:
        plan: What to measure.
        output: The folder for pytest-benchmark's own file, which keeps every timing.
        progress: Where progress is shown.

    Returns:
        The results.

    Raises:
        MissingPackageError: A distribution that a backend needs is not installed.
        MissingGuestError: A WebAssembly guest has not been built.
        SuiteError: A backend failed or gave a wrong answer.
    """
    for entry in plan.backends:
        if entry.language:
            plan.artifacts.guest(entry.language)
        if entry.native:
            plan.artifacts.native_guest(entry.language)
    versions = machine.versions(plan.backends)
    native.build(plan.artifacts)
    pyo3_extension.build(plan.artifacts)
    floor_library.build(plan.artifacts)
    record = output / "pytest-benchmark.json"
    rotation = Rotation(plan, progress)
    with empty_cache():
        run_pytest(rotation, record)
    content = json.loads(record.read_text(encoding="utf-8"))
    return Results(
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        machine=machine.describe(content["machine_info"]),
        versions=versions,
        effort={"turns": plan.effort.turns, "rounds": plan.effort.rounds, "round_time": plan.effort.round_time},
        workloads={workload.name: workload.title for workload in WORKLOADS if workload.name in plan.workloads},
        backends={entry.name: entry.title for entry in plan.backends},
        missing=rotation.bench.missing,
        calls=collect.calls(content["benchmarks"]),
        starts=collect.starts(content["benchmarks"]),
        crowds=collect.crowds(content["benchmarks"]),
    )


@contextmanager
def empty_cache() -> Iterator[None]:
    """Give Componium, here and in the processes that are started, an empty folder for machine code."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMPONIUM_CACHE_DIR", folder)
        yield


def run_pytest(rotation: Rotation, record: Path) -> None:
    """Run the suite in this process.

    Raises:
        SuiteError: A test failed, or pytest did not get as far.
    """
    arguments = [
        "--exitfirst",
        "--benchmark-quiet",
        "--tb=short",
        f"--config-file={SUITE / 'pytest.toml'}",
        f"--rootdir={SUITE}",
        f"--benchmark-json={record}",
        str(SUITE / "bench_starts.py"),  # the first starts fill Componium's cache, which all that follow use
        str(SUITE / "bench_calls.py"),
        str(SUITE / "bench_threads.py"),
    ]
    status = pytest.main(arguments, plugins=[rotation])
    if status != pytest.ExitCode.OK:
        failures = "\n\n".join(f"{name}\n{text}" for name, text in rotation.failures.items())
        raise SuiteError(failures or f"pytest ended with {status!r}")
