"""Plugins in Python as one of the kinds."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from componium import _native, _wire, _worker
from componium._description import Interface, interfaces
from componium._errors import NotEnforceable
from componium._imports import takes
from componium._kinds.python.exports import ClassView, find_exports
from componium._kinds.python.imported import Imported
from componium._kinds.python.source import FileSource
from componium._kinds.trusted import Trusted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from componium._kinds.kind import Kind
    from componium._kinds.python.source import Source
    from componium._kinds.trusted import Provided
    from componium._native_types import HostFunction

__all__ = ["PythonPlugin", "starter"]


class PythonPlugin(Trusted):
    """Python code that implements a contract."""

    kind: Kind = "python"

    def __init__(self, contract: _native.Contract, source: Source, name: str) -> None:
        """Look at the code.

        Raises:
            InvalidComponent: It cannot be imported.
            ContractError: It does not implement the contract, as far as can be seen without an instance.
        """
        super().__init__(_native.Component.python(contract, name), name)
        self._source = source
        owner = source.owner(*self._interfaces, Imported.unready(*self._wanted))
        find_exports(name, *self._exported, owner, ClassView)

    def instantiate_here(self, provided: Provided) -> _native.Instance:
        """Make an instance: run the module, or call the class."""
        return _wire.instantiate(self.native, provided, self.start)

    def for_worker(self) -> _worker.Plugin:
        """Say where a worker process finds the code.

        Raises:
            NotEnforceable: The code is in this process alone.
        """
        if isinstance(self._source, FileSource):
            return _worker.Plugin("python", str(self._source.path), self.name, self.wit)
        problem = (
            f"{self.name} is an object of this process, which a worker process does not have: load it from its path"
        )
        raise NotEnforceable(problem, self.kind, ("worker",))

    def start(
        self, functions: Sequence[Callable[..., Any] | None], classes: Sequence[type]
    ) -> tuple[list[Callable[..., Any] | None], list[type]]:
        """Give what implements the exports of a new instance, which has the imports `functions` and `classes`."""
        imported = Imported.of(*self._wanted, functions, classes)
        owner = self._source.owner(*self._interfaces, imported)
        return find_exports(self.name, *self._exported, owner, partial(_make, imported=imported))

    @cached_property
    def _interfaces(self) -> tuple[tuple[Interface, ...], tuple[Interface, ...]]:
        return interfaces(self.native.imports()), interfaces(self.native.exports())

    @cached_property
    def _exported(self) -> tuple[list[HostFunction], list[tuple[str | None, str]]]:
        return self.native.guest_functions(), self.native.guest_resources()


def _make(made: type, imported: Imported) -> Any:  # of whatever class the plugin has
    """Call a plugin's class, with what it can import where it needs an argument."""
    return made() if takes(made, 0) else made(imported.namespace())


def starter(path: Path, name: str, contract: _native.Contract) -> Callable[..., Any]:
    """Give what makes instances of a plugin in a worker process.

    Args:
        path: As for `componium.load`.
        name: What errors call the plugin.
        contract: What it implements.

    Returns:
        The method `PythonPlugin.start` of a plugin that was loaded from there.
    """
    return PythonPlugin(contract, FileSource.find(path, name), name).start
