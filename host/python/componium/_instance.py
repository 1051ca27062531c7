"""A running component."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from componium._description import Interface, short_name
from componium._errors import UnsupportedType

if TYPE_CHECKING:
    from types import TracebackType

    from componium import _native

__all__ = ["Exports", "Instance"]


class Exports:
    """The functions of one exported interface, and the classes of its types, as attributes."""

    def __init__(self, interface: Interface, functions: dict[str, _native.Function]) -> None:
        """Hold `functions` by their Python names."""
        self.__dict__.update(interface.types)
        self.__dict__.update(functions)
        self._described = interface

    def __getattr__(self, name: str) -> Any:  # functions are known at run time only
        """Say what there is instead of an attribute that does not exist."""
        raise _missing(self, (self._described,), name)

    def __repr__(self) -> str:
        """Name the interface."""
        return f"<exports of {self._described.name}>"


class Instance:
    """A running component, in a store and sandbox of its own.

    Exported interfaces are attributes by the last part of their names, their functions attributes of these:
    `instance.runner.handle("=1+1")`. Functions that the world itself exports are attributes of the instance. Where
    two interfaces share a name, `instance["componium:launcher/runner@0.1.0"]` finds each by its full name.

    Calls may come from any thread, one at a time. A call that traps or exceeds a limit ends its instance.
    """

    def __init__(self, native: _native.Instance, exports: tuple[Interface, ...]) -> None:
        """Private: see `Component.instantiate`."""
        self._native = native
        self._described = exports
        self._interfaces: dict[str, Exports] = {}
        functions: dict[str | None, dict[str, _native.Function]] = {interface.name: {} for interface in exports}
        for name, attribute, function in native.functions():
            functions[name][attribute] = function
        self.__dict__.update(functions.pop(None, {}))
        for interface in exports:
            if interface.name is not None:
                self._interfaces[interface.name] = made = Exports(interface, functions[interface.name])
                self.__dict__.setdefault(short_name(interface.name), made)

    def __getitem__(self, interface: str) -> Exports:
        """Return the exports of an interface, by its full name.

        Raises:
            KeyError: The component does not export it.
        """
        return self._interfaces[interface]

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
        if function.unsupported and function.name.replace("-", "_") == name:
            return UnsupportedType(f"{function.wit}: {function.unsupported}")
    present = [attribute for attribute in vars(owner) if not attribute.startswith("_")]
    return AttributeError(f"there is no export {name!r}; there is {', '.join(present) or 'nothing that can be called'}")
