"""Progress on a terminal."""

from __future__ import annotations

import sys
import time
from typing import Self

import click

EVERY = 0.1
"""Seconds between two updates."""


class Progress:
    """A line on standard error that says what goes on; nothing where that is no terminal."""

    def __init__(self) -> None:
        """Begin."""
        self._shown = sys.stderr.isatty()
        self._next = 0.0

    def __call__(self, name: str, number: int, of: int) -> None:
        """Say which case is run."""
        now = time.monotonic()
        if self._shown and now >= self._next:
            self._next = now + EVERY
            shown = f"{number:,} of {of:,}" if number <= of else f"making a difference smaller, {number - of:,}"
            click.echo(f"\r\x1b[K{name}: {shown}", nl=False, err=True)

    def __enter__(self) -> Self:
        """Return the line itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Clear the line."""
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
