"""Making calls that are data, on one instance."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Self

from componium._calls.handles import Handles
from componium._calls.observe import observed_imports, outcome_of, outcome_of_error
from componium._calls.trace import Trace
from componium._calls.values import Values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from componium._bindgen import model
    from componium._calls.functions import WorldFunction
    from componium._calls.trace import Call, HostCall
    from componium._component import Component
    from componium._imports import Imports


class Session:
    """A new instance; a context manager that closes it."""

    def __init__(  # noqa: PLR0913  # one for each thing that a subject knows
        self,
        component: Component,
        world: model.World,
        exports: Mapping[str, WorldFunction],
        imports: Imports,
        options: Mapping[str, Any],
        *,
        exact: bool = False,
    ) -> None:
        """Start an instance of `component`, whose `world` and `exports` these are; see `Handles` for `exact`."""
        self._exports = exports
        self._values = Values(world, Handles(exact=exact))
        self._host_calls: list[HostCall] = []
        observed = observed_imports(component.name, imports, Values(world, guest_side=False), self._host_calls.append)
        self._instance = component.instantiate(observed, **options)

    @property
    def running(self) -> bool:
        """Whether further calls are possible."""
        return self._instance.running

    def make(self, call: Call) -> Trace:
        """Make a call.

        Raises:
            ValueError: The arguments are not of the function's types.
            NoHandle: The call needs a handle of a resource of which none is alive.
        """
        declared = self._exports[call.function]
        arguments = self._read(declared, call)
        function = declared.find_in(self._instance)
        self._host_calls.clear()
        begin = time.perf_counter()
        try:
            result = function(*arguments)
        except Exception as error:  # noqa: BLE001  # whatever a call raises is its outcome
            seconds = time.perf_counter() - begin
            outcome = outcome_of_error(self._values, declared, error)
        else:
            seconds = time.perf_counter() - begin
            outcome = outcome_of(self._values, declared, result)
        return Trace(call, tuple(self._host_calls), outcome, seconds)

    def _read(self, declared: WorldFunction, call: Call) -> list[Any]:
        types = [parameter.type for parameter in declared.parameters]
        if len(types) != len(call.arguments):
            raise ValueError(f"{declared.label} takes {len(types)} arguments, got {len(call.arguments)}")
        places = (f"{declared.label}: argument {number}" for number in range(1, len(types) + 1))
        return [self._values.read(*each) for each in zip(types, call.arguments, places, strict=True)]

    def __enter__(self) -> Self:
        """Return the session itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the instance."""
        self._instance.close()
