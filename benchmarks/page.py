"""Writes results as a Markdown page for the documentation."""

from benchmarks import tables
from benchmarks.caveats import CAVEATS, REPRODUCE
from benchmarks.figures import factor
from benchmarks.results import Results
from benchmarks.tables import TEXT_COLUMNS, Row
from benchmarks.verdict import LIMIT
from benchmarks.workloads import WORKLOADS

MEANINGS = {workload.name: workload.meaning for workload in WORKLOADS}

VERDICTS = f"""\
The column "of native" says how many times as long a call takes as one of native C through cffi. Only plugins compiled
from Rust and C get a verdict: up to {factor(LIMIT)} is within {LIMIT - 1:.0%}."""

TWINS = """\
Like for like: the same source, called through the same functions, once inside the sandbox and once as a native library
that does whatever it likes."""

START = """\
Each backend in a new process. The first load is that of the very first start, when Componium compiles the guest; later
it finds the machine code in its cache. PyPI wasmtime compiles every time."""

PYTHON = """\
What the sandbox costs a plugin in Python: the application's own interpreter against CPython inside WebAssembly."""

GOALS = """\
How Componium compares with other ways to make the same call, and what is wanted. Ratios and differences are taken turn
by turn; "missed" is a goal that this version does not reach on this machine."""

THREADS = """\
Each thread has an instance of its own and makes as many calls as a single thread does in the turn beside. Native C
through ctypes, which never holds the interpreter's lock while C runs, shows what this machine can give."""

PEER = """\
The very same files. The package `wasmtime` drives the runtime's C API by ctypes and hands over lists item by item, text
in one piece; Componium hands over both in one piece. Both run with their defaults: the package without interruption,
which helps it where work outweighs the call."""


def render(results: Results, plot: str | None = None) -> str:
    """Write the page.

    Args:
        results: The run to write about.
        plot: Where the page finds the plot; without one it shows none.

    Returns:
        Markdown.
    """
    sections = [
        "# Benchmarks",
        "## Before reading the numbers",
        CAVEATS,
        machine(results),
        "## Calls",
        f"{tables.summary(results)} {VERDICTS}",
        markdown_table(tables.OVERVIEW_COLUMNS, list(tables.overview_rows(results))),
        TWINS,
        markdown_table(tables.TWIN_COLUMNS, list(tables.twin_rows(results))),
        GOALS,
        markdown_table(tables.GOAL_COLUMNS, list(tables.goal_rows(results))),
        *([f"![Median time of one call, for each workload and backend]({plot})"] if plot else []),
        *calls(results),
        *missing(results),
        "## Cold start",
        START,
        markdown_table(tables.START_COLUMNS, list(tables.start_rows(results))),
        "## The same Python source, in the process and as a guest",
        PYTHON,
        markdown_table(tables.PYTHON_COLUMNS, list(tables.python_rows(results))),
        "## The same guests in PyPI wasmtime",
        PEER,
        markdown_table(tables.PEER_COLUMNS, list(tables.peer_rows(results))),
        "## Two threads",
        THREADS,
        markdown_table(tables.THREAD_COLUMNS, list(tables.thread_rows(results))),
        "## How to reproduce",
        f"```sh\n{REPRODUCE}```",
    ]
    return "\n\n".join(sections) + "\n"


def machine(results: Results) -> str:
    """Describe machine, versions and effort."""
    turns, rounds = int(results.effort["turns"]), int(results.effort["rounds"])
    return (
        f"Measured on {results.date[:10]}, {turns} turns of {rounds} timings for each backend and workload."
        f" Machine: {listed(results.machine)}. Versions: {listed(results.versions)}."
    )


def listed(facts: dict[str, str]) -> str:
    """Write facts one after the other, each behind what it is about."""
    return ", ".join(f"{what} {value}" for what, value in facts.items())


def calls(results: Results) -> list[str]:
    """Return a heading, what the workload means, and a table, for each workload."""
    return [
        text
        for workload, title in results.workloads.items()
        for text in (
            f"### {title[0].upper()}{title[1:]}",
            *([MEANINGS[workload]] if workload in MEANINGS else []),
            markdown_table(tables.CALL_COLUMNS, list(tables.call_rows(results, workload))),
        )
    ]


def missing(results: Results) -> list[str]:
    """Return a sentence for each backend that was not measured."""
    return [
        f"Not measured: {results.backends[backend]}, because {reason}." for backend, reason in results.missing.items()
    ]


def markdown_table(columns: tuple[str, ...], rows: list[Row]) -> str:
    """Set rows as a table, with figures to the right and rows that have a verdict in bold."""
    lines = [columns, tuple("---" if column in TEXT_COLUMNS else "---:" for column in columns)]
    lines += [emphasised(row) if row.met is not None else row.cells for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def emphasised(row: Row) -> tuple[str, ...]:
    """Return the cells of a row with the last in bold."""
    return (*row.cells[:-1], f"**{row.cells[-1]}**")
