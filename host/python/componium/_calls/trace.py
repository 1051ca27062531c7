"""What calls did, as data that survives the instance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from componium import _errors

if TYPE_CHECKING:
    from componium._calls.values import Json


@dataclass(frozen=True)
class Returned:
    """The function returned; of a WIT `result`, the good case."""

    value: Json = None


@dataclass(frozen=True)
class Failed:
    """The function returned the error case of its WIT `result`."""

    value: Json = None


@dataclass(frozen=True)
class Raised:
    """The call ended otherwise: a trap, a limit, or an exception of the application's own function."""

    kind: str
    """The exception's class, such as `Trap`."""
    message: str

    @classmethod
    def of(cls, error: BaseException) -> Raised:
        """Describe an exception."""
        return cls("Trap" if isinstance(error, _errors.Trap) else type(error).__name__, str(error))


Outcome: TypeAlias = Returned | Failed | Raised


@dataclass(frozen=True)
class Call:
    """A call of a plugin's function."""

    function: str
    """The name in WIT: `demo:shapes/api@0.1.0#area`."""
    arguments: tuple[Json, ...] = ()


@dataclass(frozen=True)
class HostCall:
    """A call that a plugin made of a function of the application."""

    function: str
    arguments: tuple[Json, ...]
    outcome: Outcome


@dataclass(frozen=True)
class Trace:
    """What one call did."""

    call: Call
    host_calls: tuple[HostCall, ...]
    """In their order."""
    outcome: Outcome
    seconds: float = 0.0
    """How long the call took."""


def outcome_to_json(outcome: Outcome) -> dict[str, Json]:
    """Write an outcome as an object with one member."""
    match outcome:
        case Returned(value):
            return {"result": value}
        case Failed(value):
            return {"error": value}
        case Raised(kind, message):
            return {"raised": {"kind": kind, "message": message}}


def outcome_from_json(data: dict[str, Json]) -> Outcome:
    """Read what `outcome_to_json` wrote, whatever else the object has.

    Raises:
        KeyError: It has none of the members.
    """
    if "result" in data:
        return Returned(data["result"])
    if "error" in data:
        return Failed(data["error"])
    return Raised(**data["raised"])


def host_call_to_json(call: HostCall) -> dict[str, Any]:
    """Write a call of the application's function."""
    return {"function": call.function, "arguments": list(call.arguments), **outcome_to_json(call.outcome)}


def host_call_from_json(data: dict[str, Any]) -> HostCall:
    """Read what `host_call_to_json` wrote."""
    return HostCall(data["function"], tuple(data["arguments"]), outcome_from_json(data))
