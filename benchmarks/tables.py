"""The results as rows of text, which the terminal and the page set in their own ways."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.figures import duration, factor, spread
from benchmarks.goals import GOALS, PEERS, Outcome, outcomes
from benchmarks.results import Results
from benchmarks.start import PHASES
from benchmarks.verdict import BASELINE, COMPILED, TWINS, Verdict, compare, twin_verdicts, verdicts

OVERVIEW_COLUMNS = ("workload", "native", "in Rust", "in C")
TWIN_COLUMNS = ("workload", "guest", "native", "sandboxed", "verdict")
CALL_COLUMNS = ("backend", "median", "spread", "of native", "verdict")
START_COLUMNS = ("backend", "first load", "import", "load", "instance", "call", "total")
PYTHON_COLUMNS = ("workload", "plain Python", "Python guest", "guest takes")
PEER_COLUMNS = ("workload", "guest", "wasmtime", "Componium", "cheaper by")
THREAD_COLUMNS = ("backend", "one call", "one thread", "two threads", "gain")
GOAL_COLUMNS = ("goal", "wanted", "in Rust", "in C")
TEXT_COLUMNS = {
    "backend",
    "workload",
    "guest",
    "goal",
    "wanted",
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


def twin_rows(results: Results) -> Iterator[Row]:
    """Yield a row for each workload and guest that was measured as a native plugin too."""
    for verdict in twin_verdicts(results):
        native = results.call(verdict.workload, TWINS[verdict.backend])
        sandboxed = results.call(verdict.workload, verdict.backend)
        assert native is not None
        assert sandboxed is not None
        title, language = results.workloads[verdict.workload], guest(results, verdict.backend)
        cells = (title, language, duration(native.median), duration(sandboxed.median), str(verdict))
        yield Row(cells, verdict.met)


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


def peer_rows(results: Results) -> Iterator[Row]:
    """Yield a row for each workload and guest that PyPI's wasmtime was measured on too."""
    for workload, title in results.workloads.items():
        for backend, peer in PEERS.items():
            own, other = results.call(workload, backend), results.call(workload, peer)
            ratio = compare(results, workload, peer, backend)
            if own is not None and other is not None and ratio is not None:
                times = duration(other.median), duration(own.median)
                yield Row((title, guest(results, backend), *times, factor(ratio.median)))


def guest(results: Results, backend: str) -> str:
    """Return the language of a backend's guest, the last word of its title."""
    return results.backends[backend].rpartition(", ")[2]


def thread_rows(results: Results) -> Iterator[Row]:
    """Yield a row for each backend and length of calls that two threads made."""
    for crowd in results.crowds:
        rates = (f"{round(statistics.median(rates)):,}/s" for rates in (crowd.one, crowd.two))
        yield Row((results.backends[crowd.backend], duration(crowd.lasting), *rates, factor(crowd.gain)))


def goal_rows(results: Results) -> Iterator[Row]:
    """Yield a row for each goal with what came of it for the compiled plugins."""
    reached = {(outcome.goal, outcome.backend): str(outcome) for outcome in outcomes(results)}
    for goal in GOALS:
        cells = [reached.get((goal, backend), "") for backend in COMPILED]
        if any(cells):
            yield Row((goal.title, str(goal), *cells))


def summary(results: Results) -> str:
    """Say in one sentence how many verdicts and goals are met."""
    judged, twins, reached = verdicts(results), twin_verdicts(results), outcomes(results)
    return (
        f"{share(judged)} rows of compiled plugins are within 20% of native C,"
        f" {share(twins)} within 20% of the same source as a native plugin; {share(reached)} goals for calls are met."
    )


def share(judgements: Sequence[Verdict | Outcome]) -> str:
    """Say how many are met, and of how many."""
    return f"{sum(each.met for each in judgements)} of {len(judgements)}"
