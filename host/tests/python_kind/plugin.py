"""Components of Python code, from functions: for tests of the conversion alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import componium
from componium import _native, _wire
from componium._description import short_name
from componium._imports import resolve_imports
from componium._kinds.loaded import Described

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from componium._kinds.kind import Kind
    from componium._kinds.options import Requested
    from componium._wire import Provided


class PythonComponent(componium.Component):
    """A component whose code is a Python function."""

    def __init__(self, wit: str, plugin: Callable[[SimpleNamespace], dict[str, Any]], name: str = "plugin") -> None:
        """Read the contract; `plugin` makes what the component exports, by interface, of what it imports."""
        self.native = _native.Component.python(_native.Contract.parse(wit), name)
        super().__init__(_Loaded(self.native, name, plugin))


class _Loaded(Described):
    kind: Kind = "python"

    def __init__(self, native: _native.Component, name: str, plugin: Callable[[SimpleNamespace], Any]) -> None:
        super().__init__(native, name)
        self._plugin = plugin

    def enforces(self, *, worker: bool) -> frozenset[str]:
        del worker
        return frozenset()

    def instantiate(self, imports: componium.Imports, requested: Requested) -> _native.Instance:
        return _wire.instantiate(self.native, (*self.provide(imports), requested.arrays), self._start)

    def _start(self, functions: Sequence[Callable[..., Any] | None], classes: Sequence[type]) -> Provided:
        """Give the plugin what it imports, by interface, and find what it exports."""
        described: Iterable[tuple[str | None, str, Any]] = [
            (interface, name, function)
            for (interface, name, member, _, _), function in zip(self.native.host_functions(), functions, strict=True)
            if member is None
        ]
        names = zip(self.native.host_resources(), classes, strict=True)
        imported = SimpleNamespace()
        for interface, name, thing in [*described, *((interface, name, made) for (interface, name), made in names)]:
            interfaces = vars(imported).setdefault(short_name(interface or "world"), SimpleNamespace())
            setattr(interfaces, name, thing)
        exported = self._plugin(imported)
        return resolve_imports(self.name, self.native.guest_functions(), self.native.guest_resources(), exported)
