"""Prints results on a terminal."""

from rich.console import Console, JustifyMethod
from rich.markdown import Markdown
from rich.markup import escape
from rich.table import Table

from benchmarks import tables
from benchmarks.caveats import CAVEATS, REPRODUCE
from benchmarks.results import Results
from benchmarks.tables import TEXT_COLUMNS, Row

STYLES = {True: "green", False: "red", None: ""}


def show(console: Console, results: Results) -> None:
    """Print caveats, tables, the summary and how to reproduce them."""
    console.print("[bold]Before reading the numbers[/]\n", Markdown(CAVEATS), sep="")
    console.print(call_table(results))
    print_table(console, "Cold start, each in a new process", tables.START_COLUMNS, list(tables.start_rows(results)))
    print_table(console, "The same Python source", tables.PYTHON_COLUMNS, list(tables.python_rows(results)))
    print_table(console, "The same guests in PyPI wasmtime", tables.GOAL_COLUMNS, list(tables.goal_rows(results)))
    for backend, reason in results.missing.items():
        console.print(f"[yellow]not measured:[/] {results.backends[backend]}: {escape(reason)}")
    console.print(f"[bold]{escape(tables.summary(results))}[/]")
    console.print(f"\n[bold]To reproduce[/]\n{escape(REPRODUCE)}")


def call_table(results: Results) -> Table:
    """Return the table of calls, with a section for each workload."""
    table = empty_table("One call", tables.CALL_COLUMNS)
    for workload, title in results.workloads.items():
        table.add_row(f"[bold]{escape(title)}[/]")
        add_rows(table, list(tables.call_rows(results, workload)))
        table.add_section()
    return table


def print_table(console: Console, title: str, columns: tuple[str, ...], rows: list[Row]) -> None:
    """Print a table without sections, unless it is empty."""
    if rows:
        table = empty_table(title, columns)
        add_rows(table, rows)
        console.print(table)


def empty_table(title: str, columns: tuple[str, ...]) -> Table:
    """Return a table whose figures are set to the right."""
    table = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        justify: JustifyMethod = "left" if column in TEXT_COLUMNS else "right"
        table.add_column(column, justify=justify, no_wrap=column == "backend")
    return table


def add_rows(table: Table, rows: list[Row]) -> None:
    """Add rows, with the last cell coloured where the row has a verdict."""
    for row in rows:
        *cells, last = map(escape, row.cells)
        style = STYLES[row.met]
        table.add_row(*cells, f"[{style}]{last}[/]" if style else last)
