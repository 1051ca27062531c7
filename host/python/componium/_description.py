"""What a component imports and exports, as WIT."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from componium._types import snake_case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from componium._native_types import InterfaceDescription

__all__ = ["Function", "Interface"]


@dataclass(frozen=True)
class Function:
    """A function of an interface."""

    name: str
    """The name in WIT."""
    wit: str
    """The function as WIT text, such as `handle: func(input: string) -> list<action-item>`."""
    docs: str | None = None
    """The documentation in the WIT, where the component carries it."""
    attribute: str | None = None
    """The name in Python; `None` for a function that cannot be called."""
    unsupported: str | None = None
    """Why it cannot be called."""

    def __str__(self) -> str:
        """Return the WIT text."""
        return self.wit


@dataclass(frozen=True)
class Interface:
    """Functions that are imported or exported together."""

    name: str | None
    """The name, such as `componium:launcher/runner@0.1.0`; `None` for functions of the world itself."""
    functions: tuple[Function, ...]
    """The functions, in the order of the WIT."""
    types: Mapping[str, type] = field(default_factory=dict, hash=False)
    """The Python classes of its records, variants, enums and flags, by name."""

    @property
    def attribute(self) -> str | None:
        """The name in Python: `runner` for `componium:launcher/runner@0.1.0`."""
        return None if self.name is None else short_name(self.name)

    def __str__(self) -> str:
        """Return the interface as WIT text."""
        lines = [f"  {function.wit};" for function in self.functions]
        return "\n".join([f"interface {self.name or '(world)'} {{", *lines, "}"])


def short_name(interface: str) -> str:
    """Return the Python name of an interface: the last part of its name, in snake_case.

    Args:
        interface: A full name, or one without package or version.

    Returns:
        `resource_runner` for `componium:launcher/resource-runner@0.1.0`.
    """
    return snake_case(interface.rpartition("/")[2].partition("@")[0])


def interfaces(described: list[InterfaceDescription]) -> tuple[Interface, ...]:
    """Make interfaces of what the native half tells.

    Args:
        described: Interface name and functions, in the order of the WIT.

    Returns:
        The same as objects.
    """
    made = []
    for name, functions, classes in described:
        members = (
            Function(wit_name, wit, docs, attribute, reason) for wit_name, attribute, wit, docs, reason in functions
        )
        made.append(Interface(name, tuple(members), dict(classes)))
    return tuple(made)
