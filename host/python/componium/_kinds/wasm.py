"""Components in their sandbox."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from componium._kinds.kind import ENFORCES, Kind
from componium._kinds.loaded import Described

if TYPE_CHECKING:
    from componium import _native
    from componium._imports import Imports
    from componium._kinds.options import Requested

__all__ = ["Sandboxed"]


class Sandboxed(Described):
    """A compiled component."""

    kind: Kind = "wasm"

    def enforces(self, *, worker: bool) -> frozenset[str]:
        """Name the options that hold for its instances."""
        del worker  # the sandbox is in this process
        return ENFORCES["wasm"]

    def instantiate(self, imports: Imports, requested: Requested) -> _native.Instance:
        """Make an instance, in a store and sandbox of its own."""
        options = requested.decide(self.name, self.kind, self.enforces(worker=requested.worker))
        provided = self.provide(imports)
        variables = os.environ if options.environment is None else options.environment
        memory = sys.maxsize if options.memory is None else options.memory
        return self.native.instantiate(
            (*provided, options.arrays), options.folders, list(variables.items()), options.deadline, memory
        )
