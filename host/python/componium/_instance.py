"""A running component."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Self

from componium._description import Interface, short_name
from componium._errors import UnsupportedType
from componium._types import snake_case

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

    from componium._kinds.loaded import Running
    from componium._resources import Resource

__all__ = ["Exports", "Instance"]


class Exports:
    """The functions of one exported interface, and the classes of its types and resources, as attributes."""

    def __init__(
        self,
        interface: Interface,
        functions: dict[str, Callable[..., Any]],
        resources: Mapping[str, Callable[[], type[Resource]]],
    ) -> None:
        """Hold `functions` by their Python names, and what makes the classes of `resources`."""
        self.__dict__.update(interface.types)
        self.__dict__.update(functions)
        self._described = interface
        self._resources = resources

    def __getattr__(self, name: str) -> Any:  # functions are known at run time only
        """Make the class of a resource, or say what there is instead of an attribute that does not exist."""
        if not name.startswith("__") and name in self._resources:
            self.__dict__[name] = made = self._resources[name]()
            return made
        raise _missing(self, (self._described,), name)

    def __dir__(self) -> list[str]:
        """List resources too, whose classes are made when they are first used."""
        return sorted({*super().__dir__(), *self._resources})

    def __repr__(self) -> str:
        """Name the interface."""
        return f"<exports of {self._described.name}>"


class Instance:
    """A running component: a plugin of any kind, apart from every other instance.

    Exported interfaces are attributes by the last part of their names, their functions attributes of these:
    `instance.runner.handle("=1+1")`. Functions that the world itself exports are attributes of the instance. Where
    two exports share a name, or one is called like a method of this class, `instance["..."]` finds each by its name in
    WIT, such as `componium:launcher/runner@0.1.0`.

    Calls may come from any thread, one at a time. A call that traps or exceeds a limit ends its instance.
    """

    def __init__(
        self,
        native: Running,
        exports: tuple[Interface, ...],
        resources: Sequence[tuple[str | None, str, Any]],
    ) -> None:
        """Private: see `Component.instantiate`."""
        self._native = native
        self._described = exports
        self._exports: dict[str, Exports | Callable[..., Any]] = {}
        functions: dict[str | None, dict[str, Callable[..., Any]]] = {interface.name: {} for interface in exports}
        for interface, attribute, function in native.functions():
            functions[interface][attribute] = function
        for described in exports:
            members = functions[described.name]
            if described.name is not None:
                owned = {
                    name: partial(native.resource_class, resource)
                    for interface, name, resource in resources
                    if interface == described.name
                }
                self._add(described.name, short_name(described.name), Exports(described, members, owned))
                continue
            for own in described.functions:
                if own.attribute in members:
                    self._add(own.name, own.attribute, members[own.attribute])

    def _add(self, name: str, attribute: str, export: Exports | Callable[..., Any]) -> None:
        """Make an export an attribute, unless it hides one of the class: a guest must not choose what `close` does."""
        self._exports[name] = export
        if not hasattr(type(self), attribute):
            self.__dict__.setdefault(attribute, export)

    def __getitem__(self, name: str) -> Any:
        """Return an export by its name in WIT: an interface, or a function of the world itself.

        Raises:
            KeyError: The component does not export it.
        """
        return self._exports[name]

    def __getattr__(self, name: str) -> Any:  # the world's functions are known at run time only
        """Say what there is instead of an attribute that does not exist."""
        raise _missing(self, self._described, name)

    @property
    def running(self) -> bool:
        """Whether calls are possible: not closed, and no call has trapped or exceeded a limit."""
        return self._native.running

    def close(self) -> None:
        """Free the guest's memory. Further calls raise `ClosedError`; closing again does nothing.

        Raises:
            ReentranceError: Called from a host function of this very instance.
        """
        self._native.close()

    def __enter__(self) -> Self:
        """Return the instance itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the instance."""
        self.close()


def _missing(owner: Exports | Instance, described: tuple[Interface, ...], name: str) -> Exception:
    """Make the error for an attribute that does not exist: a function that cannot be called, or none at all."""
    for function in (function for interface in described for function in interface.functions):
        if function.unsupported and snake_case(function.name) == name:
            return UnsupportedType(f"{function.wit}: {function.unsupported}")
    present = [attribute for attribute in vars(owner) if not attribute.startswith("_")]
    return AttributeError(f"there is no export {name!r}; there is {', '.join(present) or 'nothing that can be called'}")
