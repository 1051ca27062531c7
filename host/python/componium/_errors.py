"""Everything that can go wrong, one class for each failure that a person can act on.

All classes extend `Error`, carry what they know as attributes, and survive pickling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "ClosedError",
    "ContractError",
    "ConversionError",
    "DeadlineExceeded",
    "Error",
    "Frame",
    "GuestError",
    "ImportsError",
    "InvalidComponent",
    "MemoryExceeded",
    "NotEnforceable",
    "OutOfRange",
    "ReentranceError",
    "ResourceError",
    "ToolchainError",
    "Trap",
    "TrustRequired",
    "TypeMismatch",
    "UnsupportedType",
    "WorkerCrashed",
]


class Error(Exception):
    """The base of all errors that componium raises."""

    def __str__(self) -> str:
        """Return the message, without the attributes that follow it in `args`."""
        return str(self.args[0]) if self.args else ""


class InvalidComponent(Error):
    """The source is no plugin of any kind, or one that this version cannot run."""


class TrustRequired(Error):
    """A plugin that runs outside the sandbox was loaded without `trust=True`; nothing of it was run."""

    @property
    def kind(self) -> str:
        """The plugin's kind: `native` or `python`."""
        return str(self.args[1])

    @property
    def plugin(self) -> str:
        """The plugin's name."""
        return str(self.args[2])


class NotEnforceable(Error):
    """An instance was asked for with options that do not hold for the plugin's kind; nothing was run."""

    @property
    def kind(self) -> str:
        """The plugin's kind."""
        return str(self.args[1])

    @property
    def options(self) -> tuple[str, ...]:
        """The options that do not hold."""
        return tuple(self.args[2])


class UnsupportedType(Error):
    """A function uses a WIT type that this version cannot pass."""


class ToolchainError(Error):
    """WIT that cannot be read, or a core module that cannot become a component."""


class _Problems(Error):
    """An error that lists all problems at once."""

    @property
    def problems(self) -> tuple[str, ...]:
        """Every problem found, one sentence each."""
        return tuple(self.args[1])


class ContractError(_Problems):
    """A component does not implement the contract that it was loaded for."""


class ImportsError(_Problems):
    """Functions that a component imports were not given, or something was given that it does not import."""


class ConversionError(Error):
    """A Python value does not fit its WIT type; raised before the guest runs."""


class TypeMismatch(ConversionError, TypeError):
    """A value of the wrong type."""


class OutOfRange(ConversionError, OverflowError, ValueError):
    """A value of the right type that the WIT type cannot hold."""


class ClosedError(Error):
    """The instance was closed, or ended when an earlier call failed."""


class ReentranceError(Error):
    """A call would wait for itself, or is one of too many within each other.

    A host function called the instance that was calling it, threads would wait for each other's instances, or guests
    that call each other through host functions have used up the thread's stack.
    """


class ResourceError(Error):
    """A handle was used after it was dropped or given away, while it is lent, or with another instance."""


@dataclass(frozen=True)
class Frame:
    """One guest function on the stack of a trap."""

    function: str
    """The function's name, demangled."""
    module: str | None = None
    """The core module that it belongs to."""
    file: str | None = None
    """The source file, where the component carries debug information."""
    line: int | None = None
    """The line in it, counted from 1."""


class Trap(Error):
    """The guest failed: it trapped, exited or broke the canonical ABI. Its instance has ended."""

    def __init__(self, message: str, frames: Iterable[Frame | Mapping[str, Any]] = ()) -> None:
        """Make the error; see `frames`."""
        frames = tuple(frame if isinstance(frame, Frame) else Frame(**frame) for frame in frames)
        super().__init__(message, frames)

    @property
    def frames(self) -> tuple[Frame, ...]:
        """The guest's stack, innermost function first."""
        return tuple(self.args[1])


class WorkerCrashed(Trap):
    """A plugin ended the worker process that it ran in: it crashed, was killed, or left. Its instance has ended."""

    def __init__(
        self,
        message: str,
        frames: Iterable[Frame | Mapping[str, Any]] = (),
        signal: str | None = None,
        status: int | None = None,
    ) -> None:
        """Make the error; see `signal` and `status`."""
        super().__init__(message, frames)
        self.args += (signal, status)

    @property
    def signal(self) -> str | None:
        """The name of the signal that ended the worker, such as `SIGSEGV`; `None` where it exited."""
        return cast("str | None", self.args[2])

    @property
    def status(self) -> int | None:
        """The status that the worker exited with; `None` where a signal ended it."""
        return cast("int | None", self.args[3])


class DeadlineExceeded(Error):
    """A call took longer than its deadline. Its instance has ended."""

    @property
    def limit(self) -> float:
        """The deadline, in seconds."""
        return float(self.args[1])


class MemoryExceeded(Error):
    """The guest failed after it was refused memory beyond its limit. Its instance has ended."""

    @property
    def limit(self) -> int:
        """The limit, in bytes."""
        return int(self.args[1])


class GuestError(Error):
    """A function returned the error case of its WIT `result`. The instance goes on.

    A host function raises it to return the error case itself, and so does a plugin in Python.
    """

    __match_args__ = ("value",)

    @property
    def value(self) -> Any:  # of the type that the contract says
        """The payload of the error case; `None` where it has none."""
        return self.args[0]
