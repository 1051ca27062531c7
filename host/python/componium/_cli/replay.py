"""`componium replay`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

import componium
from componium import parity
from componium._cli.comparison import (
    EXIT_CODES,
    comparison_options,
    default_rules,
    finish,
    instance_options,
    read_contract,
    reporting_failures,
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
        default = default_rules(tolerance)
        report = componium.replay(
            recording,
            plugin,
            contract=read_contract(contract, world),
            rules={name: parity.Rules(default.tolerance, nondeterministic=True) for name in nondeterministic},
            default=default,
            trust=trust,
            progress=progress,
            **instance_options(grants, worker=worker),
        )
    finish(report, json_file, html_file)
