"""How failures are told."""

from __future__ import annotations

from typing import IO, Any

import click


class Failure(click.ClickException):
    """Ends the command with exit code 1; what happened goes to standard error, in colour on a terminal."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message."""
        click.echo(f"{click.style('error:', fg='red', bold=True)} {self.format_message()}", file=file, err=True)
