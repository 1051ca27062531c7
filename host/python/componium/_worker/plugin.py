"""What a worker is told to run."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from componium import _native
from componium._wire import offered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from componium._wire import Provided, Start

__all__ = ["Plugin"]


@dataclass(frozen=True)
class Plugin:
    """A plugin that a worker can load by itself."""

    kind: str
    """`native` or `python`."""
    path: str
    """The library, or the module's file or folder."""
    name: str
    """What errors call it."""
    contract: str | None = None
    """Its world as WIT text; a library carries its own."""

    def to_json(self) -> dict[str, Any]:
        """Write the plugin down for the worker."""
        return asdict(self)

    def load(self) -> tuple[_native.Component, Start]:
        """Load the plugin: its world, and what starts it."""
        if self.kind == "native":
            component = _native.Component.native(self.path, self.name)
            return component, _native_start(component)
        # Only workers of Python plugins need what finds their code.
        from pathlib import Path  # noqa: PLC0415

        from componium._kinds.python.plugin import starter  # noqa: PLC0415

        contract = _native.Contract.parse(self.contract or "")
        return _native.Component.python(contract, self.name), starter(Path(self.path), self.name, contract)


def _native_start(component: _native.Component) -> Start:
    """Return what starts a library in this process, beside the plugin's end of the wire."""

    def start(functions: Sequence[Any], classes: Sequence[type]) -> Provided:
        instance = component.instantiate_native((list(functions), list(classes), False))
        return offered(instance, component.guest_functions(), component.resources())

    return start
