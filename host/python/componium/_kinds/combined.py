"""Several components as one: each interface of a contract comes from one of them."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from componium import _native
from componium._kinds.loaded import Described

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from componium._imports import Imports
    from componium._kinds.kind import Kind
    from componium._kinds.loaded import Loaded, Running
    from componium._kinds.options import Requested
    from componium._resources import Resource

__all__ = ["Combined"]

Key = tuple[int, Any]
"""Which part has a resource, and the part's own key."""


class Combined(Described):
    """Parts that implement a contract together; its world describes them."""

    def __init__(self, contract: _native.Contract, parts: Mapping[str | None, Loaded], name: str) -> None:
        """Combine parts, which have been checked.

        Args:
            contract: What they implement.
            parts: The part that has each interface; `None` is the world itself.
            name: What errors call them.
        """
        super().__init__(_native.Component.python(contract, name), name)
        self._parts = list({id(part): part for part in parts.values()}.values())
        self._owners = {interface: self._parts.index(part) for interface, part in parts.items()}

    @property
    def kind(self) -> Kind:
        """The kind of the parts; `mixed` where they differ."""
        kinds = {part.kind for part in self._parts}
        return kinds.pop() if len(kinds) == 1 else "mixed"

    @property
    def cached(self) -> bool:
        """Whether all compiled code came from the cache."""
        return all(part.cached for part in self._parts)

    def resources(self) -> Sequence[tuple[str | None, str, Any]]:
        """Give interface, Python name and key of each exported resource."""
        return [
            (interface, name, (number, key))
            for number, part in enumerate(self._parts)
            for interface, name, key in part.resources()
            if self._owners.get(interface) == number
        ]

    def enforces(self, *, worker: bool) -> frozenset[str]:
        """Name the options that hold for all parts."""
        return frozenset.intersection(*(part.enforces(worker=worker) for part in self._parts))

    def instantiate(self, imports: Imports, requested: Requested) -> RunningParts:
        """Make an instance of each part; the options must hold for every one."""
        with ExitStack() as stack:
            running = []
            for part in self._parts:
                running.append(part.instantiate(imports, requested))
                stack.callback(running[-1].close)
            stack.pop_all()
        return RunningParts(running, self._owners)


@dataclass(frozen=True)
class RunningParts:
    """The instances of the parts as one instance."""

    parts: Sequence[Running]
    owners: Mapping[str | None, int]

    @property
    def running(self) -> bool:
        """Whether calls are possible: to every part."""
        return all(part.running for part in self.parts)

    def functions(self) -> list[tuple[str | None, str, Callable[..., Any]]]:
        """Give the functions of each interface from the part that has it."""
        return [
            (interface, name, function)
            for number, part in enumerate(self.parts)
            for interface, name, function in part.functions()
            if self.owners.get(interface) == number
        ]

    def resource_class(self, resource: Key, /) -> type[Resource]:
        """Give the class of a resource's handles."""
        number, key = resource
        return self.parts[number].resource_class(key)

    def close(self) -> None:
        """End all parts, even where one cannot be ended."""
        with ExitStack() as stack:
            for part in self.parts:
                stack.callback(part.close)
