"""Prints results on a terminal."""

from rich.box import SIMPLE
from rich.console import Console
from rich.markdown import Markdown
from rich.markup import escape
from rich.table import Table

from benchmarks import tables
from benchmarks.caveats import CAVEATS, REPRODUCE
from benchmarks.results import Results
from benchmarks.tables import TEXT_COLUMNS, Row

WRAPPED = {"workload", "goal"}
STYLES = {True: "green", False: "red", None: ""}


def show(console: Console, results: Results) -> None:
    """Print caveats, tables, the summary and how to reproduce them."""
    console.print("[bold]Before reading the numbers[/]\n", Markdown(CAVEATS), sep="")
    for workload, title in results.workloads.items():
        print_table(console, f"One call: {title}", tables.CALL_COLUMNS, list(tables.call_rows(results, workload)))
    print_table(console, "Cold start, each in a new process", tables.START_COLUMNS, list(tables.start_rows(results)))
    print_table(console, "The same Python source", tables.PYTHON_COLUMNS, list(tables.python_rows(results)))
    print_table(console, "The same guests in PyPI wasmtime", tables.PEER_COLUMNS, list(tables.peer_rows(results)))
    print_table(console, "Two threads, two instances", tables.THREAD_COLUMNS, list(tables.thread_rows(results)))
    print_table(console, "Within 20% of native C?", tables.OVERVIEW_COLUMNS, list(tables.overview_rows(results)))
    print_table(
        console,
        "Within 20% of the same source as a native plugin?",
        tables.TWIN_COLUMNS,
        list(tables.twin_rows(results)),
    )
    print_table(console, "What a call is to cost", tables.GOAL_COLUMNS, list(tables.goal_rows(results)))
    for backend, reason in results.missing.items():
        console.print(f"[yellow]not measured:[/] {results.backends[backend]}: {escape(reason)}")
    console.print(f"[bold]{escape(tables.summary(results))}[/]")
    console.print(f"\n[bold]To reproduce[/]\n{escape(REPRODUCE)}")


def print_table(console: Console, title: str, columns: tuple[str, ...], rows: list[Row]) -> None:
    """Print a table, unless it is empty: texts to the left, figures to the right, verdicts in colour."""
    if not rows:
        return
    table = Table(
        title=title, title_justify="left", title_style="bold", box=SIMPLE, collapse_padding=True, pad_edge=False
    )
    for column in columns:
        text = column in TEXT_COLUMNS
        table.add_column(column, justify="left" if text else "right", no_wrap=column not in WRAPPED)
    for row in rows:
        *cells, last = map(escape, row.cells)
        style = STYLES[row.met]
        table.add_row(*cells, f"[{style}]{last}[/]" if style else last)
    console.print(table)
