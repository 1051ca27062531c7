"""`componium completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")

_HELP = """\
Print the script that completes `componium` on the tab key.

\b
Examples:
  eval "$(componium completion bash)"               in ~/.bashrc
  eval "$(componium completion zsh)"                in ~/.zshrc
  componium completion fish | source                in ~/.config/fish/config.fish
"""


@click.command(help=_HELP, short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script of a shell."""
    kind = get_completion_class(shell)
    if kind is not None:
        click.echo(kind(ctx.find_root().command, {}, "componium", "_COMPONIUM_COMPLETE").source())
