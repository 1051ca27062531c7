"""Python modules that one instance of a plugin has to itself.

A component in Python starts with fresh modules, and sees no other plugin's. So do these: what is in the plugin's own
folder comes first. `sys.modules` has them only while their code runs, as `dataclasses` looks there, and under names
that nobody else uses.
"""

from __future__ import annotations

import builtins
import sys
from importlib.machinery import (
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    FileFinder,
    SourceFileLoader,
)
from importlib.util import module_from_spec, resolve_name, spec_from_file_location
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec
    from pathlib import Path
    from types import ModuleType

__all__ = ["Modules"]

_LOADERS = ((ExtensionFileLoader, EXTENSION_SUFFIXES), (SourceFileLoader, SOURCE_SUFFIXES))

_numbers = count(1)


class Modules:
    """Imports modules of a plugin, for one instance."""

    def __init__(self, folder: Path, only: str | None, made: Mapping[str, ModuleType]) -> None:
        """Look for modules in a folder.

        Args:
            folder: Where they are.
            only: The one module or package that belongs to the plugin; every one in the folder by default.
            made: Modules that are not files, by name; they come before files.
        """
        self._folder = folder
        self._only = only
        self._root = f"_componium_plugin_{next(_numbers)}"
        self._modules: dict[str, ModuleType | None] = dict(made)
        self._builtins = {**vars(builtins), "__import__": self._import}

    def load(self, name: str) -> ModuleType | None:
        """Import a module by the name that the plugin has for it; `None` where it is not the plugin's.

        Raises:
            Exception: Whatever the module's code raises.
        """
        if name in self._modules:
            return self._modules[name]
        parent, _, leaf = name.rpartition(".")
        package = self.load(parent) if parent else None
        spec = None if parent and package is None else self._find(name, package)
        if spec is None or spec.loader is None:  # folders without __init__.py have no loader
            self._modules[name] = None
            return None
        module = self._run(name, spec, spec.loader)
        if package is not None:
            setattr(package, leaf, module)
        return module

    def _find(self, name: str, package: ModuleType | None) -> ModuleSpec | None:
        full = f"{self._root}.{name}"
        if package is not None:
            return _find_in(getattr(package, "__path__", ()), full)
        if self._only is None:
            return _find_in([str(self._folder)], full)
        if name != self._only:
            return None
        inside = self._folder / name / "__init__.py"
        if inside.is_file():
            return spec_from_file_location(full, inside, submodule_search_locations=[str(inside.parent)])
        return spec_from_file_location(full, self._folder / f"{name}.py")

    def _run(self, name: str, spec: ModuleSpec, loader: Loader) -> ModuleType:
        module = module_from_spec(spec)
        vars(module)["__builtins__"] = self._builtins
        self._modules[name] = sys.modules[spec.name] = module
        try:
            loader.exec_module(module)
        except BaseException:
            del self._modules[name]
            raise
        finally:
            sys.modules.pop(spec.name, None)
        return module

    def _import(
        self,
        name: str,
        globals: Mapping[str, Any] | None = None,  # noqa: A002  # as `__import__` has it
        locals: Mapping[str, Any] | None = None,  # noqa: A002
        fromlist: Iterable[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        """Be `__import__` for the plugin's code: give what is its own, leave everything else to Python."""
        own = self._own_name(name, globals, level)
        if own is None:
            return builtins.__import__(name, globals, locals, tuple(fromlist or ()), level)
        module = self.load(own)
        if module is None:
            message = f"No module named {own!r} in the plugin"
            raise ModuleNotFoundError(message, name=own)
        if not fromlist:
            return self.load(own.partition(".")[0]) or module
        for each in fromlist:
            if hasattr(module, "__path__") and not hasattr(module, each):
                self.load(f"{own}.{each}")
        return module

    def _own_name(self, name: str, globals: Mapping[str, Any] | None, level: int) -> str | None:  # noqa: A002
        """Say what the plugin calls a module; `None` where it cannot be the plugin's."""
        if not level:
            top = name.partition(".")[0]
            return name if self.load(top) is not None else None
        package = str((globals or {}).get("__package__") or "")
        absolute = resolve_name("." * level + name, package)
        own = absolute.removeprefix(f"{self._root}.")
        return None if own == absolute else own


def _find_in(folders: Iterable[str], name: str) -> ModuleSpec | None:
    """Find a module in folders, without what Python remembers about them for modules of its own."""
    specs = (FileFinder(folder, *_LOADERS).find_spec(name) for folder in folders)
    return next((spec for spec in specs if spec is not None), None)
