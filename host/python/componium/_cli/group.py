"""The command and how it finds its subcommands."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

import click

import componium
from componium._cli.failure import Failure

OWN = {
    "bindgen": "componium._cli.bindgen:bindgen",
    "cache": "componium._cli.cache:cache",
    "completion": "componium._cli.completion:completion",
    "inspect": "componium._cli.inspect:inspect_",
    "parity": "componium._cli.parity:parity",
    "replay": "componium._cli.replay:replay",
}
"""The subcommands of this distribution: module and attribute of each."""

ENTRY_POINTS = "componium.commands"
"""The group of entry points by which other distributions, such as the SDK, add subcommands."""

_HELP = """\
Plugins in any language for Python applications.

\b
Examples:
  componium bindgen wit/launcher/0.1.0 --world plugin --output bindings.py
  componium bindgen plugin.wasm
  componium inspect plugin.wasm
  componium parity old.wasm new.wasm
  componium cache list

\b
Exit codes:
  0  done
  1  it failed; standard error says why, and what to do
  2  the command line is wrong
"""


class Commands(click.Group):
    """The subcommands of this distribution and of others, each imported when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the names of all subcommands."""
        del ctx
        return sorted({*OWN, *(found.name for found in entry_points(group=ENTRY_POINTS))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a subcommand."""
        del ctx
        if cmd_name in OWN:
            module, _, attribute = OWN[cmd_name].partition(":")
            command: click.Command = getattr(import_module(module), attribute)
            return command
        for found in entry_points(group=ENTRY_POINTS, name=cmd_name):
            loaded: click.Command = found.load()
            return loaded
        return None

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand; what a person can act on becomes a message instead of a traceback."""
        try:
            return super().invoke(ctx)
        except componium.Error as error:
            raise Failure(str(error)) from error
        except OSError as error:
            raise Failure(f"{error.filename}: {error.strerror}" if error.filename else str(error)) from error


@click.command(cls=Commands, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="componium", prog_name="componium")
def commands() -> None:
    """Run a subcommand."""


def main() -> None:
    """Run the command line of this process and end it."""
    commands(prog_name="componium")
