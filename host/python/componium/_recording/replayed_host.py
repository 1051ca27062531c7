"""The application's part of a recorded call, played by the recording."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from componium._calls.observe import split_result
from componium._calls.simplest import simplest
from componium._calls.trace import Failed, Raised, Returned
from componium._calls.values import Values
from componium._errors import GuestError
from componium._types import Ok

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from componium._bindgen import model
    from componium._calls.functions import WorldFunction
    from componium._calls.trace import HostCall, Outcome
    from componium._imports import Imports


class NotRecorded(RuntimeError):  # noqa: N818  # says what happened
    """The plugin called a function of the application that the recorded one did not call."""


class ReplayedHost:
    """Answers calls of the application as they were answered when they were recorded."""

    def __init__(self, world: model.World, imports: Mapping[str, WorldFunction]) -> None:
        """Answer for the functions that a plugin of `world` imports."""
        self._values = Values(world, guest_side=False)
        self._imports = imports
        self._left: list[HostCall] | None = None

    def expect(self, host_calls: tuple[HostCall, ...] | None) -> None:
        """Take the answers of the next call; with `None`, answer what is simplest, outside any call."""
        self._left = None if host_calls is None else list(host_calls)

    @property
    def functions(self) -> Imports:
        """The functions, by interface."""
        made: dict[str, Any] = {}
        for function in self._imports.values():
            owner = made if function.interface is None else made.setdefault(function.interface, {})
            owner[function.attribute] = self._answering(function)
        return made

    def _answering(self, function: WorldFunction) -> Callable[..., Any]:
        def answer(*_: Any) -> Any:
            if self._left is None:
                return self._give(function, Returned(simplest(self._values.world, _good(self._values, function))))
            for call in self._left:
                if call.function == function.name:
                    self._left.remove(call)
                    return self._give(function, call.outcome)
            raise NotRecorded(f"{function.label}: the recorded call did not ask for this, so there is no answer")

        return answer

    def _give(self, function: WorldFunction, outcome: Outcome) -> Any:
        type_, result = split_result(self._values.world, function.result)
        place = f"the answer of {function.label}"
        match outcome:
            case Returned(value):
                answer = self._values.read(type_, value, place)
                return Ok(answer) if result is not None else answer
            case Failed(value):
                raise GuestError(self._values.read(result and result.err, value, place))
            case Raised(kind, message):
                raise type(kind, (RuntimeError,), {})(message)


def _good(values: Values, function: WorldFunction) -> model.Type | None:
    return split_result(values.world, function.result)[0]
