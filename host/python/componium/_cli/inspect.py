"""`componium inspect`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from componium._cli.failure import Failure
from componium._inspection import Report, inspect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from componium._description import Interface

WIDTH = 100
"""How long lines of text may be."""

_TITLES = {
    "wasm": "a component, which runs in a sandbox (wasm)",
    "native": "a native library (native)",
    "python": "Python code (python)",
    "package": "a package of a component and native libraries",
}

_HELP = """\
Show what a plugin is: its kind, what it imports and exports, what an application can hold it to, and what it means to
trust it. Nothing of the plugin is run.

FILE is a component (.wasm), a native library, a Python file, or the folder or zip archive of a plugin.

\b
Examples:
  componium inspect plugin.wasm
  componium inspect plugin.wasm --wit
  componium inspect libplugin.so --json
"""


@click.command(help=_HELP, short_help="Show what a plugin is and what trusting it means.")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--wit", "as_wit", is_flag=True, help="Print the world alone, as WIT.")
def inspect_(file: Path, *, as_json: bool, as_wit: bool) -> None:
    """Show what a plugin is."""
    if as_json and as_wit:
        raise click.UsageError("--json has the WIT already: choose one of --json and --wit.")
    report = inspect(file)
    if as_json:
        click.echo(json.dumps(report.to_json(), indent=2, ensure_ascii=False))
    elif as_wit:
        if report.wit is None:
            raise Failure(f"{file} does not say which world it implements: its application's contract does")
        click.echo(report.wit.rstrip())
    else:
        click.echo("\n".join(_lines(report)))


def _lines(report: Report) -> Iterator[str]:
    """Write the report for people."""
    yield f"{click.style(report.name, bold=True)} is {_TITLES[report.kind]}."
    yield ""
    yield from _row("size", [f"{report.size:,} bytes"])
    for library in report.libraries:
        machine = f"{library.system}, {library.architecture}, {8 * library.pointer} bits, ABI {library.abi}"
        yield from _row("library", [library.name, machine, f"world {library.digest}"])
    yield from _row("imports", _side(report.imports))
    yield from _row("exports", _side(report.exports) if report.wit else ["what its application's contract exports"])
    enforced = [", ".join(report.enforces) or "nothing"]
    if report.enforces_in_worker:
        enforced.append(f"in a worker process: {', '.join(report.enforces_in_worker)}")
    yield from _row("enforced", enforced)
    yield from _row("trust", click.wrap_text(report.trust, WIDTH - 12).splitlines())


def _row(title: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"  {click.style(title.ljust(8), bold=True)}  {line}"
        title = ""


def _side(interfaces: Iterable[Interface]) -> Iterator[str]:
    """Write interfaces with their functions; of WASI's, which the host has, the names alone."""
    wasi = []
    for interface in interfaces:
        name = interface.name or "the world itself"
        if name.startswith("wasi:"):
            wasi.append(name)
        elif interface.functions:
            yield name
            yield from (f"  {function.wit}" for function in interface.functions)
    yield from wasi
