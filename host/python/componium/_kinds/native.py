"""Native libraries in this process, or in a worker process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from componium import _native, _worker
from componium._kinds.kind import ENFORCES, Kind
from componium._kinds.loaded import Described

if TYPE_CHECKING:
    from pathlib import Path

    from componium._imports import Imports
    from componium._kinds.options import Requested

__all__ = ["Library"]


class Library(Described):
    """A shared library, whose world was read without running anything of it."""

    kind: Kind = "native"

    def __init__(self, path: Path, name: str) -> None:
        """Read a library.

        Args:
            path: The library.
            name: What errors call it.

        Raises:
            InvalidComponent: It is no plugin, or not one for this machine.
        """
        super().__init__(_native.Component.native(path, name), name)
        self._path = path.absolute()

    def enforces(self, *, worker: bool) -> frozenset[str]:
        """Name the options that hold for its instances."""
        return _worker.ENFORCES if worker else ENFORCES["native"]

    def instantiate(self, imports: Imports, requested: Requested) -> _native.Instance:
        """Make an instance: load a copy of the library."""
        options = requested.decide(self.name, self.kind, self.enforces(worker=requested.worker))
        provided = (*self.provide(imports), options.arrays)
        if not options.worker:
            return self.native.instantiate_native(provided)
        return _worker.instantiate(
            self.native,
            provided,
            _worker.Plugin("native", str(self._path), self.name),
            deadline=options.deadline,
            memory=options.memory,
            environment=options.environment,
        )
