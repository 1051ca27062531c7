"""`componium bindgen`."""

from __future__ import annotations

import difflib
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from componium._bindgen import WIDTH, generate, read_component, read_wit
from componium._cli.failure import Failure
from componium._errors import UnsupportedType

if TYPE_CHECKING:
    from componium._bindgen.model import World

DIFF_LINES = 20
"""How many lines of a difference `--check` shows."""

_HELP = """\
Write the typed Python module of a contract: classes for its types, protocols for what plugins export and for what the
application implements, and a class for the world.

SOURCE is a .wit file, a folder of WIT with an optional deps folder, or a component (.wasm). The module needs nothing
but componium, is formatted as Ruff does, and is the same on every run.

\b
Examples:
  componium bindgen wit/launcher/0.1.0 --world plugin --output bindings.py
  componium bindgen wit/launcher/0.1.0 --world plugin --output bindings.py --check
  componium bindgen plugin.wasm
"""


@click.command(help=_HELP, short_help="Write the typed Python module of a contract.")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--world", help="The world, where the package has several.")
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default=Path("-"),
    help="The file to write; standard output by default.",
)
@click.option("--check", is_flag=True, help="Write nothing; fail if the file is not what would be written.")
@click.option(
    "--line-length",
    type=click.IntRange(min=40),
    default=WIDTH,
    show_default=True,
    help="How long lines may be.",
)
def bindgen(source: Path, world: str | None, output: Path, *, check: bool, line_length: int) -> None:
    """Write bindings."""
    if check and output == Path("-"):
        raise click.UsageError("--check compares with a file: name it with --output.")
    try:
        text = generate(_read(source, world), line_length)
    except UnsupportedType as error:
        raise Failure(f"{source}: {error}") from error
    if check:
        _compare(output, text)
    elif output == Path("-"):
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="\n")


def _read(source: Path, world: str | None) -> World:
    """Read the world of a component or of WIT."""
    if source.suffix != ".wasm":
        return read_wit(source, world)
    if world is not None:
        raise click.UsageError("--world chooses among the worlds of a WIT package; a component has only one.")
    return read_component(source.read_bytes())


def _compare(path: Path, text: str) -> None:
    """Fail if a file does not have this text, and show where."""
    remedy = f"run `componium {' '.join(argument for argument in sys.argv[1:] if argument != '--check')}`"
    if not path.is_file():
        raise Failure(f"{path} does not exist; {remedy}")
    present = path.read_text(encoding="utf-8")
    if present == text:
        return
    lines = difflib.unified_diff(present.splitlines(), text.splitlines(), str(path), "up to date", n=1, lineterm="")
    shown = [*islice(lines, DIFF_LINES)]
    if next(lines, None) is not None:
        shown.append("...")
    click.echo("\n".join(shown))
    raise Failure(f"{path} is out of date; {remedy}")
