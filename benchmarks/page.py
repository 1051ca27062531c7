"""Writes results as a Markdown page for the documentation."""

from benchmarks import tables
from benchmarks.caveats import CAVEATS, REPRODUCE
from benchmarks.results import Results
from benchmarks.tables import TEXT_COLUMNS, Row

START = """\
Each backend in a new process. The first load is that of the very first start, when Componium compiles the guest; later
it finds the machine code in its cache. PyPI wasmtime compiles every time."""


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
        tables.summary(results),
        *([f"![Median time of one call, for each workload and backend]({plot})"] if plot else []),
        *calls(results),
        *missing(results),
        "## Cold start",
        START,
        markdown_table(tables.START_COLUMNS, list(tables.start_rows(results))),
        "## The same Python source, in the process and as a guest",
        markdown_table(tables.PYTHON_COLUMNS, list(tables.python_rows(results))),
        "## The same guests in PyPI wasmtime",
        markdown_table(tables.GOAL_COLUMNS, list(tables.goal_rows(results))),
        "## How to reproduce",
        f"```sh\n{REPRODUCE}```",
    ]
    return "\n\n".join(sections) + "\n"


def machine(results: Results) -> str:
    """Describe machine, versions and effort."""
    described = {**results.machine, "date": results.date, **results.versions}
    facts = "; ".join(f"{what} {value}" for what, value in described.items())
    turns, rounds = int(results.effort["turns"]), int(results.effort["rounds"])
    return f"Measured on: {facts}. {turns} turns of {rounds} timings for each backend and workload."


def calls(results: Results) -> list[str]:
    """Return a heading and a table for each workload."""
    return [
        text
        for workload, title in results.workloads.items()
        for text in (
            f"### {title[0].upper()}{title[1:]}",
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
