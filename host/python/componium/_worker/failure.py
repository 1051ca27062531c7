"""How a plugin's failure in a worker is told to the application."""

from __future__ import annotations

import json
import signal
import traceback
from dataclasses import dataclass
from typing import Any

from componium._errors import DeadlineExceeded, Frame, MemoryExceeded, Trap, WorkerCrashed
from componium._wire import trap
from componium._worker.channel import Malformed

__all__ = ["Failed", "Limits", "crash", "describe"]


@dataclass(frozen=True)
class Limits:
    """What a worker is held to."""

    deadline: float | None
    memory: int | None

    def deadline_exceeded(self, place: str) -> DeadlineExceeded:
        """Make the error for a call that took too long."""
        limit = self.deadline or 0.0
        message = f"{place} was ended after its deadline of {limit} s; raise `deadline` if it needs longer"
        return DeadlineExceeded(message, limit)

    def memory_exceeded(self, place: str) -> MemoryExceeded:
        """Make the error for a plugin that was refused memory."""
        limit = self.memory or 0
        return MemoryExceeded(f"{place} failed after it was refused memory; the limit is {limit} (`memory`)", limit)


class Remote(Exception):  # noqa: N818  # the text of an exception in a worker
    """What a plugin raised in its worker, as text."""

    def __str__(self) -> str:
        """Start the traceback on a line of its own."""
        return f"\n{self.args[0]}"


class Failed(Exception):  # noqa: N818  # becomes the caller's exception
    """A plugin failed in its worker, which goes on until it is ended."""

    def __init__(self, data: bytes) -> None:
        """Read what `describe` wrote; nothing is taken for granted.

        Raises:
            Malformed: It is something else.
        """
        super().__init__()
        try:
            told = json.loads(data)
            self.out_of_memory = bool(told["out_of_memory"])
            self.reason, self.trace = _text(told["reason"]), _text(told["trace"])
            self.frames = [_frame(*frame) for frame in told["frames"]]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            message = "an account of a failure that cannot be read"
            raise Malformed(message) from error

    def exception(self, place: str, limits: Limits) -> Exception:
        """Make the caller's exception."""
        made: Exception
        if self.out_of_memory and limits.memory is not None:
            made = limits.memory_exceeded(place)
        else:
            reason = self.reason.removeprefix(f"{place}: ")
            made = Trap(f"{place}: {reason}", self.frames)
        made.__cause__ = Remote(self.trace)
        return made


def describe(error: BaseException) -> bytes:
    """Write down why a plugin failed, in the worker."""
    made = error if isinstance(error, Trap) else trap("", error)
    told = {
        "reason": str(made).removeprefix(": "),
        "frames": [[frame.function, frame.module, frame.file, frame.line] for frame in getattr(made, "frames", ())],
        "trace": "".join(traceback.format_exception(error)),
        "out_of_memory": isinstance(error, MemoryError),
    }
    return json.dumps(told).encode()


def crash(place: str, status: int | None, limits: Limits) -> WorkerCrashed:
    """Make the error for a worker that has ended, by its status in the way of `subprocess`."""
    if status is None or status >= 0:
        return WorkerCrashed(f"{place}: the worker exited with status {status}", status=status)
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    hint = ""
    if limits.memory is not None:
        hint = f"; its memory was limited to {limits.memory} bytes (`memory`), and plugins that are refused more end so"
    return WorkerCrashed(f"{place}: the worker was ended by {name}{hint}", signal=name)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _frame(function: Any, module: Any, file: Any, line: Any) -> Frame:
    if not isinstance(line, int | None):
        raise TypeError
    return Frame(_text(function), module and _text(module), file and _text(file), line)
