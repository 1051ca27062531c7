"""Recording the calls of a plugin while an application uses it."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, Self, cast

from componium._calls.functions import exported_functions
from componium._component import Component
from componium._recording.taken import Taken

if TYPE_CHECKING:
    from componium._bindgen import model
    from componium._imports import Imports
    from componium._kinds.loaded import Loaded, Running
    from componium._kinds.options import Requested
    from componium._recording.file import RecordingFile


class Recorder(Component):
    """A component whose instances are recorded; otherwise the same as the one it was made of. See `record`."""

    def __init__(self, component: Component, world: model.World, file: RecordingFile) -> None:
        """Private: see `record`."""
        super().__init__(cast("Loaded", _Recorded(component._plugin, world, file)))  # noqa: SLF001  # its own
        self._file = file

    def close(self) -> None:
        """Stop recording: instances go on without."""
        self._file.close()

    def __enter__(self) -> Self:
        """Return the recorder itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop recording."""
        self.close()


class _Recorded:
    """A plugin of any kind whose instances are recorded."""

    def __init__(self, plugin: Loaded, world: model.World, file: RecordingFile) -> None:
        self._plugin = plugin
        self._world = world
        self._file = file
        self._numbers = count()
        self._functions = exported_functions(world)

    def instantiate(self, imports: Imports, requested: Requested) -> Running:
        """Make an instance.

        Raises:
            UnsupportedType: The plugin imports resources, whose objects cannot be written down.
        """
        taken = Taken(self._world, next(self._numbers), self._file)
        running = self._plugin.instantiate(taken.imports(self._plugin.name, imports), requested)
        return taken.running(running, self._functions, self._plugin.resources())

    def __getattr__(self, name: str) -> Any:
        """Be the same in everything else."""
        return getattr(self._plugin, name)
