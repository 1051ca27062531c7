"""Plugins that no sandbox confines: where they run."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, TypeAlias

from componium import _worker
from componium._kinds.kind import ENFORCES, Kind
from componium._kinds.loaded import Described

if TYPE_CHECKING:
    from collections.abc import Callable

    from componium import _native
    from componium._imports import Imports
    from componium._kinds.options import Requested

__all__ = ["Provided", "Trusted"]

Provided: TypeAlias = "tuple[list[Callable[..., Any] | None], list[type], bool]"
"""The functions and classes that the application provides, and whether it wants lists of numbers as buffers."""


class Trusted(Described, ABC):
    """A plugin that runs in this process, or in a worker process."""

    kind: Kind

    def enforces(self, *, worker: bool) -> frozenset[str]:
        """Name the options that hold for its instances."""
        return _worker.ENFORCES if worker else ENFORCES[self.kind]

    def instantiate(self, imports: Imports, requested: Requested) -> _native.Instance:
        """Make an instance, in the process that is asked for."""
        options = requested.decide(self.name, self.kind, self.enforces(worker=requested.worker))
        provided = (*self.provide(imports), options.arrays)
        if not options.worker:
            return self.instantiate_here(provided)
        return _worker.instantiate(
            self.native,
            provided,
            self.for_worker(),
            deadline=options.deadline,
            memory=options.memory,
            environment=options.environment,
        )

    @abstractmethod
    def instantiate_here(self, provided: Provided) -> _native.Instance:
        """Make an instance in this process."""

    @abstractmethod
    def for_worker(self) -> _worker.Plugin:
        """Say how a worker process finds the plugin.

        Raises:
            NotEnforceable: It is in this process alone.
        """
