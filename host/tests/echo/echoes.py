"""A guest that echoes, beside the host function that it calls: one value crosses in all four directions."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import componium
from componium import Err, GuestError, Ok

from host.tests.echo.component import PADDING, echo_component
from host.tests.echo.sameness import same
from host.tests.echo.wit_types import ResultOf, resolved

if TYPE_CHECKING:
    from host.tests.echo.component import Encoding
    from host.tests.echo.wit_types import WitType


@functools.lru_cache(maxsize=64)
def load_echo(parameters: tuple[WitType, ...], encoding: Encoding) -> componium.Component:
    """Load the component whose functions are `relay-value` and `keep-value`."""
    wasm = echo_component({"value": parameters}, encoding)
    return componium.load(wasm, name="echo.wasm", cache=False)


class Echoes:
    """An instance of an echoing component, and its host.

    Attributes:
        exports: The exported interface, with the classes of the types.
        seen: The arguments of the host function's last call.
        answer: What the host function returns next time, instead of its arguments, if it is not empty.
    """

    def __init__(self, *parameters: WitType, encoding: Encoding = "utf8", arrays: bool = False) -> None:
        """Start a guest.

        Args:
            parameters: The types of the parameters, `a0`, `a1` and so on.
            encoding: How the guest encodes strings.
            arrays: Whether lists of numbers come out as buffers.
        """
        self._parameters = parameters
        self.seen: tuple[Any, ...] = ()
        self.answer: list[Any] = []
        imports = {"echoes": {"relay_value": self._host}}
        instance = self._load(encoding).instantiate(imports, arrays=arrays)
        self.exports: componium.Exports = instance.echoes
        self._keep = instance.keeps.keep_value

    def _load(self, encoding: Encoding) -> componium.Component:
        return load_echo(self._parameters, encoding)

    def _host(self, *values: Any) -> Any:
        self.seen = values
        if self.answer:
            return self.answer[0]
        return values[0] if len(values) == 1 else values

    def relay(self, *values: Any) -> Any:
        """Pass values through the guest to the host function, and what that returns back through the guest."""
        return self.exports.relay_value(*values)

    def keep(self, *values: Any) -> Any:
        """Pass values into the guest's memory, and out of it."""
        kept = self._keep(*values, *range(len(PADDING)))
        assert kept[len(values) :] == tuple(range(len(PADDING)))
        return kept[0] if len(values) == 1 else kept[: len(values)]

    def crosses(self, *values: Any) -> Any:
        """Check that values are the same on all ways, and return what comes out."""
        kept = self.keep(*values)
        seen = self._relay_result(*values)
        assert same(seen, kept)
        assert same(self.seen[0] if len(values) == 1 else self.seen, kept)
        return kept

    def _relay_result(self, *values: Any) -> Any:
        """Relay; a `result` at the top of a result, which is unwrapped or raised, is wrapped again."""
        if len(self._parameters) > 1 or not isinstance(resolved(self._parameters[0]), ResultOf):
            return self.relay(*values)
        try:
            return Ok(self.relay(*values))
        except GuestError as error:
            return Err(error.value)
