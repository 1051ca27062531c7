"""A loaded plugin, whatever its kind."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from componium._description import Interface, interfaces
from componium._instance import Instance
from componium._kinds.options import DEADLINE, DEFAULT, MEMORY, Requested

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from componium._grants import Folder
    from componium._imports import Imports
    from componium._kinds.kind import Kind
    from componium._kinds.loaded import Loaded
    from componium._kinds.options import Default

__all__ = ["DEADLINE", "MEMORY", "Component"]


class Component:
    """A loaded plugin of any kind, from which any number of instances can be made; see `load`."""

    def __init__(self, plugin: Loaded) -> None:
        """Private: see `load`."""
        self._plugin = plugin
        self.name = plugin.name

    @property
    def kind(self) -> Kind:
        """What runs it: `wasm`, `native`, `python`, or `mixed` where several kinds were combined."""
        return self._plugin.kind

    @property
    def enforces(self) -> frozenset[str]:
        """The options of `instantiate` that hold for it in this process; others are refused, never ignored."""
        return self._plugin.enforces(worker=False)

    @property
    def cached(self) -> bool:
        """Whether its compiled code came from the cache."""
        return self._plugin.cached

    @property
    def wit(self) -> str:
        """Imports and exports as the text of a WIT world."""
        return self._plugin.wit

    @cached_property
    def imports(self) -> tuple[Interface, ...]:
        """What the component imports, WASI included."""
        return interfaces(self._plugin.imports())

    @cached_property
    def exports(self) -> tuple[Interface, ...]:
        """What the component exports."""
        return interfaces(self._plugin.exports())

    @cached_property
    def _resources(self) -> Sequence[tuple[str | None, str, Any]]:
        return self._plugin.resources()

    def instantiate(  # noqa: PLR0913  # each option is a decision of its own, with a default
        self,
        imports: Imports | None = None,
        *,
        grants: Iterable[Folder] | Default = DEFAULT,
        deadline: float | Default | None = DEFAULT,
        memory: int | Default | None = DEFAULT,
        environment: Mapping[str, str] | Default | None = DEFAULT,
        arrays: bool = False,
        worker: bool = False,
    ) -> Instance:
        """Make an instance, apart from every other: a component in a store and sandbox of its own.

        `grants`, `deadline`, `memory` and `environment` hold for components. A native or Python plugin in this process
        cannot be held to them, nor to grants and environment in a worker: given nevertheless, they are refused.

        Args:
            imports: What the component imports, by interface: an object or a mapping with a callable in snake_case for
                each function and a class in PascalCase for each resource. The interface is named in full
                (`componium:launcher/host@0.1.0`), without its version, or by its last part (`host`). What the world
                itself imports is given by its own name.
            grants: What the guest may use; nothing by default.
            deadline: Seconds that one call may take; `None` for no limit. By default `DEADLINE`, where deadlines hold.
            memory: Bytes of linear memory that the guest may use; `None` for no limit. By default `MEMORY`, where
                limits on memory hold.
            environment: The environment variables that the guest sees; this process's own by default.
            arrays: Whether lists of numbers come out as `memoryview`, by one copy and without an object for each
                number, instead of as `list`; NumPy and `array` read them as they are.
            worker: Whether a native or Python plugin runs in a process of its own, where a crash is a `Trap` instead of
                the application's end. A component is contained in any case, and stays in this process.

        Returns:
            The instance.

        Raises:
            NotEnforceable: An option was given that does not hold for this kind of plugin.
            ImportsError: A function or class that the component imports was not given, or a function does not take the
                arguments that its WIT passes; everything is listed.
            OSError: A granted folder cannot be opened.
            DeadlineExceeded: The component's start code took too long.
            Trap: The component's start code trapped.
        """
        requested = Requested(grants, deadline, memory, environment, arrays, worker)
        return Instance(self._plugin.instantiate(imports or {}, requested), self.exports, self._resources)

    def __repr__(self) -> str:
        """Name the component."""
        return f"<componium.Component {self.name}>"
