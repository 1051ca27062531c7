"""Loading components."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from componium import _native
from componium._description import Interface, interfaces
from componium._imports import Imports, resolve_imports
from componium._instance import Instance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from componium._contract import Contract
    from componium._grants import Folder
    from componium._native_types import HostFunction

__all__ = ["DEADLINE", "MEMORY", "Component", "load"]

DEADLINE = 10.0
"""Seconds that one call may take, unless an instance is given another deadline."""
MEMORY = 256 * 2**20
"""Bytes of linear memory that an instance may use, unless it is given another limit."""


class Component:
    """A compiled component, from which any number of instances can be made; see `load`."""

    def __init__(self, native: _native.Component, name: str) -> None:
        """Private: see `load`."""
        self._native = native
        self.name = name

    @property
    def cached(self) -> bool:
        """Whether its compiled code came from the cache."""
        return self._native.cached

    @property
    def wit(self) -> str:
        """Imports and exports as the text of a WIT world."""
        return self._native.wit

    @cached_property
    def imports(self) -> tuple[Interface, ...]:
        """What the component imports, WASI included."""
        return interfaces(self._native.imports())

    @cached_property
    def exports(self) -> tuple[Interface, ...]:
        """What the component exports."""
        return interfaces(self._native.exports())

    @cached_property
    def _host_functions(self) -> list[HostFunction]:
        return self._native.host_functions()

    @cached_property
    def _host_resources(self) -> list[tuple[str | None, str]]:
        return self._native.host_resources()

    @cached_property
    def _resources(self) -> list[tuple[str | None, str, _native.ResourceType]]:
        return self._native.resources()

    def instantiate(  # noqa: PLR0913  # each option is a decision of its own, with a default
        self,
        imports: Imports | None = None,
        *,
        grants: Iterable[Folder] = (),
        deadline: float | None = DEADLINE,
        memory: int = MEMORY,
        environment: Mapping[str, str] | None = None,
        arrays: bool = False,
    ) -> Instance:
        """Make an instance, in a store and sandbox of its own.

        Args:
            imports: What the component imports, by interface: an object or a mapping with a callable in snake_case for
                each function and a class in PascalCase for each resource. The interface is named in full
                (`componium:launcher/host@0.1.0`), without its version, or by its last part (`host`). What the world
                itself imports is given by its own name.
            grants: What the guest may use; nothing by default.
            deadline: Seconds that one call may take; `None` for no limit.
            memory: Bytes of linear memory that the guest may use.
            environment: The environment variables that the guest sees; this process's own by default.
            arrays: Whether lists of numbers come out as `memoryview`, by one copy and without an object for each
                number, instead of as `list`; NumPy and `array` read them as they are.

        Returns:
            The instance.

        Raises:
            ImportsError: A function or class that the component imports was not given, or a function does not take the
                arguments that its WIT passes; everything is listed.
            OSError: A granted folder cannot be opened.
            DeadlineExceeded: The component's start code took too long.
            Trap: The component's start code trapped.
        """
        if deadline is not None and not deadline > 0:
            message = f"deadline must be a positive number of seconds or None, got {deadline!r}"
            raise ValueError(message)
        provided = resolve_imports(self.name, self._host_functions, self._host_resources, imports or {})
        folders = [folder.resolve() for folder in grants]
        variables = os.environ if environment is None else environment
        native = self._native.instantiate((*provided, arrays), folders, list(variables.items()), deadline, memory)
        return Instance(native, self.exports, self._resources)

    def __repr__(self) -> str:
        """Name the component."""
        return f"<componium.Component {self.name}>"


def load(
    source: str | os.PathLike[str] | bytes,
    *,
    contract: Contract | None = None,
    name: str | None = None,
    cache: bool = True,
) -> Component:
    """Load a component: compile it, or take its compiled code from the cache.

    Args:
        source: A path, or the bytes themselves.
        contract: What the component must implement.
        name: What errors call the component; the file's name by default.
        cache: Whether compiled code is kept on disk, in `COMPONIUM_CACHE_DIR` or the user's cache folder.

    Returns:
        The component.

    Raises:
        OSError: The file cannot be read.
        InvalidComponent: It is not a component.
        UnsupportedType: It imports what this version cannot provide.
        ContractError: It does not implement the contract; every mismatch is listed.
    """
    if isinstance(source, bytes):
        wasm, name = source, name or "component"
    else:
        path = Path(source)
        wasm, name = path.read_bytes(), name or path.name
    component = Component(_native.Component(wasm, name, cache), name)
    if contract is not None:
        contract.check(component)
    return component
