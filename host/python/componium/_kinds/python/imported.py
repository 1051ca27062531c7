"""What a plugin in Python may call of the application."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from componium._description import short_name
from componium._errors import ReentranceError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from componium._native_types import HostFunction

__all__ = ["Imported", "UnreadyError"]


class UnreadyError(ReentranceError):
    """An import was called while the plugin was only being looked at."""


@dataclass(frozen=True)
class Imported:
    """Functions and classes by interface; the interface of the world itself is `None`."""

    members: dict[str | None, dict[str, Any]]

    @classmethod
    def of(
        cls,
        wanted: Sequence[HostFunction],
        resources: Sequence[tuple[str | None, str]],
        functions: Sequence[Callable[..., Any] | None],
        classes: Sequence[type],
    ) -> Imported:
        """Sort what an instance was given, in the order of its descriptions."""
        members: dict[str | None, dict[str, Any]] = {}
        for (interface, name, member, *_), function in zip(wanted, functions, strict=True):
            if member is None:
                members.setdefault(interface, {})[name] = function
        for (interface, name), made in zip(resources, classes, strict=True):
            members.setdefault(interface, {})[name] = made
        return cls(members)

    @classmethod
    def unready(cls, wanted: Sequence[HostFunction], resources: Sequence[tuple[str | None, str]]) -> Imported:
        """Make what stands in for the application's functions and classes while there is no instance."""
        functions = [_unready(name) for _, name, *_ in wanted]
        classes = [type(name, (), {"__init__": _unready(name)}) for _, name in resources]
        return cls.of(wanted, resources, functions, classes)

    def namespace(self) -> SimpleNamespace:
        """Make the object that a plugin's class is called with: each interface is an attribute by its short name."""
        found = SimpleNamespace(**self.members.get(None, {}))
        for interface, members in self.members.items():
            if interface is not None:
                vars(found).setdefault(short_name(interface), SimpleNamespace(**members))
        return found


def _unready(name: str) -> Callable[..., Any]:
    def call(*arguments: Any, **keywords: Any) -> Any:
        del arguments, keywords
        raise UnreadyError(
            f"{name} was called while the plugin's module is run: imports can be called by its functions alone"
        )

    return call
