"""Native libraries in this process, or in a worker process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from componium import _native, _worker
from componium._kinds.trusted import Trusted

if TYPE_CHECKING:
    from pathlib import Path

    from componium._kinds.kind import Kind
    from componium._kinds.trusted import Provided

__all__ = ["Library"]


class Library(Trusted):
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

    def instantiate_here(self, provided: Provided) -> _native.Instance:
        """Make an instance: load a copy of the library."""
        return self.native.instantiate_native(provided)

    def for_worker(self) -> _worker.Plugin:
        """Say how a worker process finds the plugin."""
        return _worker.Plugin("native", str(self._path), self.name)
