"""`componium replay`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

import componium
from componium._cli.comparison import (
    EXIT_CODES,
    comparison_options,
    finish,
    reporting_failures,
    shared_arguments,
)
from componium._cli.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

_HELP = f"""\
Make recorded calls again on another version or kind of a plugin, and compare what it does.

RECORDING is what componium.record wrote. Results, errors and calls of the application's functions are compared; these
are answered from the recording, so that neither the application nor the recorded plugin is needed.

\b
Examples:
  componium replay calls.jsonl new.wasm
  componium replay calls.jsonl new.wasm --tolerance f64=1e-9 --html report.html
{EXIT_CODES}"""


@click.command(help=_HELP, short_help="Make recorded calls again, and compare.")
@click.argument("recording", type=click.Path(exists=True, dir_okay=False))
@click.argument("plugin")
@comparison_options
def replay(  # noqa: PLR0913, PLR0917  # a parameter for each option
    recording: str,
    plugin: str,
    contract: str | None,
    world: str | None,
    tolerance: tuple[str, ...],
    nondeterministic: tuple[str, ...],
    grants: tuple[str, ...],
    *,
    worker: bool,
    trust: bool,
    json_file: Path | None,
    html_file: Path | None,
) -> None:
    """Replay a recording."""
    with reporting_failures(), Progress() as progress:
        shared = shared_arguments(contract, world, tolerance, nondeterministic, grants, worker=worker, trust=trust)
        report = componium.replay(
            recording,
            plugin,
            progress=progress,
            **shared,
        )
    finish(report, json_file, html_file)
