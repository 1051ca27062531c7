"""Every backend gives the right answers, and refuses what it cannot know."""

import math
from pathlib import Path

import pytest

from benchmarks import floor_library, native, pyo3_extension
from benchmarks.artifacts import Artifacts, MissingGuestError
from benchmarks.backends.backend import Repeated, UnavailableError
from benchmarks.backends.registry import BACKENDS, Entry, find
from benchmarks.bench import Bench
from benchmarks.plan import QUICK, Plan
from benchmarks.workloads import WORKLOADS, Workload

ROOT = Path(__file__).parents[2]
COMPLETE = [entry for entry in BACKENDS if not entry.workloads]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Return backends with native code compiled for this test."""
    artifacts = Artifacts(ROOT / "build" / "benchmarks", tmp_path_factory.mktemp("native"))
    native.build(artifacts)
    pyo3_extension.build(artifacts)
    floor_library.build(artifacts)
    return Bench(Plan(artifacts, BACKENDS, tuple(workload.name for workload in WORKLOADS), QUICK))


@pytest.mark.parametrize("entry", BACKENDS, ids=lambda entry: entry.name)
def test_backend_gives_right_answers(bench: Bench, entry: Entry) -> None:
    """Each workload's answer is the expected one."""
    try:
        for workload in WORKLOADS:
            if entry.has(workload.name):
                bench.verified(entry.name, workload)
    except UnavailableError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("entry", COMPLETE, ids=lambda entry: entry.name)
@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("-2^2", -4.0),
        ("2^-1", 0.5),
        ("2^3^2", 512.0),
        ("--2", 2.0),
        (" 0.1 + 0.2 ", 0.1 + 0.2),
        ("1/-0", -math.inf),
        ("", math.nan),
        ("1 +", math.nan),
        ("(1", math.nan),
        ("1)", math.nan),
        ("2 3", math.nan),
        ("1..2", math.nan),
        (".5", math.nan),
        ("1e5", math.nan),
    ],
)
def test_backends_agree_on_expressions(bench: Bench, entry: Entry, expression: str, value: float) -> None:
    """All evaluators have one grammar."""
    try:
        _, functions = bench.open(entry.name)
    except UnavailableError as error:
        pytest.skip(str(error))
    assert functions.evaluate(expression) == pytest.approx(value, rel=0, abs=0, nan_ok=True)


@pytest.mark.parametrize("entry", COMPLETE, ids=lambda entry: entry.name)
@pytest.mark.parametrize(("data", "answer"), [(b"", 0), (b"\x05", 11), (b"\xff\x00\x80", 386)])
def test_backends_agree_on_received_bytes(bench: Bench, entry: Entry, data: bytes, answer: int) -> None:
    """An empty list has no first byte, and a list of one byte has it as its last as well."""
    try:
        _, functions = bench.open(entry.name)
    except UnavailableError as error:
        pytest.skip(str(error))
    assert functions.receive(data) == answer


def test_partial_backend_refuses_the_rest(bench: Bench) -> None:
    """A backend that is there for one workload says so when asked for another."""
    _, functions = bench.open("memcpy")
    with pytest.raises(NotImplementedError, match="list of backends"):
        functions.add(1, 2)


@pytest.mark.parametrize("name", ["floor-rust", "floor-c"])
@pytest.mark.parametrize(
    "workload", [workload for workload in WORKLOADS if workload.function != "rows"], ids=lambda workload: workload.name
)
def test_repeated_calls_end_with_the_right_answer(bench: Bench, name: str, workload: Workload) -> None:
    """Where a library repeats a call, its last answer is right too."""
    call = bench.verified(name, workload)
    assert isinstance(call, Repeated)
    workload.check(call.repeat(*workload.arguments, 3), name)


def test_unknown_backend_is_refused_with_the_known_ones() -> None:
    """A misspelt name gets the list."""
    with pytest.raises(LookupError, match=r"'wasm-go'.*wasm-rust"):
        find("wasm-go")


def test_missing_guest_is_refused_with_the_remedy(tmp_path: Path) -> None:
    """Benchmarks never run without a backend that somebody forgot to build."""
    with pytest.raises(MissingGuestError, match="nox -s build"):
        Artifacts(tmp_path, tmp_path).guest("rust")
    with pytest.raises(MissingGuestError, match="native library in rust: run `nox -s build`"):
        Artifacts(tmp_path, tmp_path).native_guest("rust")
