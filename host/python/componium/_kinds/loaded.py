"""What a component is made of, whatever its kind."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from componium._imports import resolve_imports

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from componium import _native
    from componium._contract import Contract
    from componium._imports import Imports
    from componium._kinds.kind import Kind
    from componium._kinds.options import Requested
    from componium._native_types import InterfaceDescription
    from componium._resources import Resource

__all__ = ["Described", "Loaded", "Running"]


class Running(Protocol):
    """An instance, as its kind runs it."""

    @property
    def running(self) -> bool:
        """Whether calls are possible."""
        ...

    def functions(self) -> Sequence[tuple[str | None, str, Callable[..., Any]]]:
        """Give interface, Python name and callable of each exported function."""
        ...

    def resource_class(self, resource: Any, /) -> type[Resource]:
        """Give the class of a resource's handles, by what `Loaded.resources` has of it."""
        ...

    def close(self) -> None:
        """End it."""
        ...


class Loaded(Protocol):
    """A plugin, loaded and described, from which instances can be made."""

    name: str

    @property
    def kind(self) -> Kind:
        """The plugin's kind."""
        ...

    @property
    def cached(self) -> bool:
        """Whether compiled code came from the cache."""
        ...

    @property
    def wit(self) -> str:
        """The world as WIT text."""
        ...

    def imports(self) -> list[InterfaceDescription]:
        """Describe what it imports."""
        ...

    def exports(self) -> list[InterfaceDescription]:
        """Describe what it exports."""
        ...

    def resources(self) -> Sequence[tuple[str | None, str, Any]]:
        """Give interface, Python name and key of each exported resource."""
        ...

    def enforces(self, *, worker: bool) -> frozenset[str]:
        """Name the options that hold for its instances."""
        ...

    def check(self, contract: Contract) -> None:
        """Raise `ContractError` unless it implements a contract."""
        ...

    def instantiate(self, imports: Imports, requested: Requested) -> Running:
        """Make an instance."""
        ...


class Described:
    """A plugin that the native half describes, in the same terms for every kind."""

    def __init__(self, native: _native.Component, name: str) -> None:
        """Keep the description and the plugin's name."""
        self.native = native
        self.name = name

    @property
    def cached(self) -> bool:
        """Whether compiled code came from the cache."""
        return self.native.cached

    @property
    def wit(self) -> str:
        """The world as WIT text."""
        return self.native.wit

    def imports(self) -> list[InterfaceDescription]:
        """Describe what it imports."""
        return self.native.imports()

    def exports(self) -> list[InterfaceDescription]:
        """Describe what it exports."""
        return self.native.exports()

    def resources(self) -> Sequence[tuple[str | None, str, Any]]:
        """Give interface, Python name and key of each exported resource."""
        return self.native.resources()

    def check(self, contract: Contract) -> None:
        """Raise `ContractError` unless it implements a contract."""
        contract._native.check(self.native)  # noqa: SLF001  # of this package

    @cached_property
    def _wanted(self) -> tuple[Any, Any]:
        return self.native.host_functions(), self.native.host_resources()

    def provide(self, imports: Imports) -> tuple[list[Callable[..., Any] | None], list[type]]:
        """Match what the application provides with what the plugin imports.

        Raises:
            ImportsError: Something is missing or does not fit; everything is listed.
        """
        return resolve_imports(self.name, *self._wanted, imports)
