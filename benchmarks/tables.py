"""The results as rows of text, which the terminal and the page set in their own ways."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.figures import duration, factor, spread
from benchmarks.results import Results
from benchmarks.start import PHASES
from benchmarks.verdict import BASELINE, COMPILED, GOALS, Goal, Verdict, compare, goals, verdicts

OVERVIEW_COLUMNS = ("workload", "native", "in Rust", "in C")
CALL_COLUMNS = ("backend", "median", "spread", "of native", "verdict")
START_COLUMNS = ("backend", "first load", "import", "load", "instance", "call", "total")
PYTHON_COLUMNS = ("workload", "plain Python", "Python guest", "guest takes")
GOAL_COLUMNS = ("workload", "guest", "wasmtime", "Componium", "cheaper by")
TEXT_COLUMNS = {
    "backend",
    "workload",
    "guest",
    "verdict",
    "in Rust",
    "in C",
}  # the others hold figures, which are set to the right


@dataclass(frozen=True)
class Row:
    """A row of text.

    Attributes:
        cells: One text for each column.
        met: For a row with a verdict or a goal, whether it is met; `None` for any other.
    """

    cells: tuple[str, ...]
    met: bool | None = None


def overview_rows(results: Results) -> Iterator[Row]:
    """Yield a row for each workload with the verdicts on the compiled plugins."""
    judged = {(verdict.workload, verdict.backend): str(verdict) for verdict in verdicts(results)}
    for workload, title in results.workloads.items():
        native = results.call(workload, BASELINE)
        if native is not None:
            yield Row((title, duration(native.median), *(judged.get((workload, name), "") for name in COMPILED)))


def call_rows(results: Results, workload: str) -> Iterator[Row]:
    """Yield a row for each backend that was measured on a workload."""
    judged = {verdict.backend: verdict for verdict in verdicts(results) if verdict.workload == workload}
    for backend, title in results.backends.items():
        call = results.call(workload, backend)
        if call is None:
            continue
        ratio = compare(results, workload, backend, BASELINE)
        verdict: Verdict | None = judged.get(backend)
        yield Row(
            (
                title,
                duration(call.median),
                spread(call.lower_quartile, call.median, call.upper_quartile),
                "" if ratio is None else factor(ratio.median),
                "" if verdict is None else str(verdict),
            ),
            None if verdict is None else verdict.met,
        )


def start_rows(results: Results) -> Iterator[Row]:
    """Yield a row for each backend that was started."""
    for start in results.starts:
        phases = [start.phases[phase] for phase in PHASES]
        yield Row((results.backends[start.backend], *map(duration, (start.first_load, *phases, sum(phases)))))


def python_rows(results: Results) -> Iterator[Row]:
    """Yield a row for each workload with the Python guest beside the same source as plain Python."""
    for workload, title in results.workloads.items():
        plain, guest = results.call(workload, "python"), results.call(workload, "wasm-python")
        ratio = compare(results, workload, "wasm-python", "python")
        if plain is not None and guest is not None and ratio is not None:
            yield Row((title, duration(plain.median), duration(guest.median), factor(ratio.median)))


def goal_rows(results: Results) -> Iterator[Row]:
    """Yield a row for each workload and guest that the peer was measured on too."""
    for goal in goals(results):
        own, peer = results.call(goal.workload, goal.backend), results.call(goal.workload, goal.peer)
        if own is not None and peer is not None:
            yield Row(goal_cells(results, goal, peer.median, own.median), None if goal.wanted is None else goal.met)


def goal_cells(results: Results, goal: Goal, peer: float, own: float) -> tuple[str, ...]:
    """Return the cells of a comparison with the peer."""
    guest = results.backends[goal.backend].rpartition(", ")[2]
    return results.workloads[goal.workload], guest, duration(peer), duration(own), str(goal)


def summary(results: Results) -> str:
    """Say in one sentence how many verdicts and goals are met, and what the goals are."""
    judged, wanted = verdicts(results), [goal for goal in goals(results) if goal.wanted is not None]
    sentence = (
        f"{sum(verdict.met for verdict in judged)} of {len(judged)} rows of compiled plugins are within 20% of native"
    )
    if not wanted:
        return f"{sentence}."
    meaning = ", ".join(
        f"{results.workloads[name]} {factor(least)}" for name, least in GOALS.items() if name in results.workloads
    )
    met = sum(goal.met for goal in wanted)
    return f"{sentence}; {met} of {len(wanted)} goals against PyPI wasmtime are met ({meaning} cheaper)."
