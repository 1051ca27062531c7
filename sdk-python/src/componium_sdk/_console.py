"""How builds look in a terminal, or in a log."""

import sys
import threading
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from componium_sdk._batch import Outcome
from componium_sdk._build import Built
from componium_sdk._errors import SdkError

# In a log nothing moves, so a build that runs long says a line now and then.
_LOG_INTERVAL = 10.0

# Logs and pipes have no width; a table is never cut for them.
_LOG_WIDTH = 1000


class Progress:
    """Shows a batch on standard error: one line for each finished build, and below them what runs now.

    A `Listener`, and a context manager around the batch. On a terminal the lower part moves, in colour; elsewhere each
    build in progress says one plain line every ten seconds.
    """

    def __init__(self) -> None:
        self._console = _console(stderr=True)
        self._lock = threading.Lock()
        self._running: dict[str, str] = {}
        self._said: dict[str, float] = {}
        self._live = Live(console=self._console, transient=True, get_renderable=self._render, refresh_per_second=8)

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._console.is_terminal:
            self._live.stop()

    def started(self, title: str) -> None:
        """A build starts."""
        with self._lock:
            self._running[title] = ""
            self._said[title] = time.monotonic()

    def progressed(self, title: str, line: str) -> None:
        """A build says what it does; of compilers' many lines a log gets few."""
        with self._lock:
            self._running[title] = line
            now = time.monotonic()
            if not self._console.is_terminal and now - self._said.get(title, 0) >= _LOG_INTERVAL:
                self._said[title] = now
                self._print(Text(f"  ...    {title}: {line}"))

    def finished(self, built: Built) -> None:
        """A build has its artifact; a new one's warnings are shown with it."""
        state, style = ("fresh", "dim") if built.fresh else ("built", "green")
        self._end(
            built.title,
            Text.assemble((f"  {state}  ", style), f"{built.title:<20} {built.seconds:6.1f} s"),
            "" if built.fresh else built.warnings.rstrip(),
        )

    def failed(self, title: str, error: SdkError) -> None:
        """A build has ended without an artifact."""
        self._end(title, Text.assemble(("  FAILED ", "bold red"), f"{title}: {error}\n"))

    def _end(self, title: str, line: Text, more: str = "") -> None:
        with self._lock:
            self._running.pop(title, None)
            self._print(line)
            if more:
                self._print(Text(more))

    def _print(self, line: Text) -> None:
        self._console.print(line, soft_wrap=True, highlight=False)

    def _render(self) -> Table:
        with self._lock:
            running = dict(self._running)
        grid = Table.grid(padding=(0, 1))
        for title, line in running.items():
            last = line.splitlines()[-1] if line else ""
            grid.add_row(Spinner("dots"), title, Text(last, style="dim", no_wrap=True, overflow="ellipsis"))
        return grid


def print_outcome(outcome: Outcome) -> None:
    """Print a batch's artifacts to standard output, and after them what failed, to standard error, in a line each."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("artifact", overflow="fold")  # a narrow terminal wraps this one
    table.add_column("size", justify="right", no_wrap=True)
    table.add_column("sha256", no_wrap=True)
    table.add_column("seconds", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for built in outcome.built:
        state = "fresh" if built.fresh else "built"
        table.add_row(str(built.path), f"{built.size:,}", built.sha256[:16], f"{built.seconds:.1f}", state)
    if outcome.built:
        _console(stderr=False).print(table)
    for failure in outcome.failures:
        line = Text.assemble(("FAILED ", "bold red"), f"{failure.title}: {failure.headline}")
        _console(stderr=True).print(line, soft_wrap=True)


def print_error(error: SdkError) -> None:
    """Print an error to standard error."""
    _console(stderr=True).print(Text.assemble(("error: ", "bold red"), str(error)), soft_wrap=True)


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, width=None if stream.isatty() else _LOG_WIDTH)
