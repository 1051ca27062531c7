"""Where the code of a plugin in Python comes from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from componium import _native
from componium._errors import InvalidComponent
from componium._kinds.detection import MANIFEST
from componium._kinds.python.bindings import bindings
from componium._kinds.python.modules import Modules

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from componium._description import Interface
    from componium._kinds.python.imported import Imported

__all__ = ["FileSource", "ObjectSource", "Owner", "Source", "contract_of_project"]


@dataclass(frozen=True)
class Owner:
    """What has the functions of one instance."""

    value: Any
    """A module, a class or an object."""
    companion: Callable[[str], Any] = lambda _name: None
    """Finds another module of the plugin by its name; componentize-py wants the classes of resources in modules that
    are named after their interfaces."""


class Source(Protocol):
    """Where the code of a plugin comes from."""

    def owner(self, imports: Sequence[Interface], exports: Sequence[Interface], imported: Imported) -> Owner:
        """Give what has the functions of an instance, or of none that exists yet."""
        ...


@dataclass(frozen=True)
class ObjectSource:
    """A module, a class or an object of the application's own."""

    value: Any

    def owner(self, imports: Sequence[Interface], exports: Sequence[Interface], imported: Imported) -> Owner:
        """Give the same value for every instance."""
        del imports, exports, imported
        return Owner(self.value)


@dataclass(frozen=True)
class FileSource:
    """A file, a package, or a project that `componium-sdk` builds."""

    title: str
    """What errors call it, unless the application has a name for it."""
    path: Path
    """As it was given to `componium.load`."""
    folder: Path
    module: str
    only: str | None = None
    """The one module or package that belongs to the plugin; every one in the folder by default."""

    @classmethod
    def find(cls, path: Path, name: str) -> FileSource:
        """Find the module that implements the contract.

        Args:
            path: A file, the folder of a package, or the folder of a project.
            name: What errors call the plugin.

        Raises:
            InvalidComponent: The project is not one in Python, or lacks its module.
        """
        path = path.absolute()
        if not path.is_dir():
            project = path.with_name(MANIFEST).is_file()
            return cls(path.name, path, path.parent, path.stem, None if project else path.stem)
        if path.joinpath(MANIFEST).is_file():
            manifest = _manifest(path)
            title = str(_table(manifest, "plugin").get("name", path.name))
            return cls(title, path, path, _module_of_project(path, manifest, name))
        return cls(path.name, path, path.parent, path.name, path.name)

    def owner(self, imports: Sequence[Interface], exports: Sequence[Interface], imported: Imported) -> Owner:
        """Run the module, with modules of its own around it.

        Raises:
            InvalidComponent: The module's code fails.
        """
        modules = Modules(self.folder, self.only, bindings(imports, exports, imported))
        try:
            module = modules.load(self.module)
        except Exception as error:
            raise InvalidComponent(f"{self.module} cannot be imported: {type(error).__name__}: {error}") from error
        return Owner(module, modules.load)


def contract_of_project(path: Path) -> _native.Contract | None:
    """Read the contract that a project says it implements; `None` for other Python.

    Raises:
        ToolchainError: The contract's WIT cannot be read.
    """
    if not path.joinpath(MANIFEST).is_file():
        return None
    contract = _table(_manifest(path), "contract")
    return _native.Contract(path / str(contract.get("wit", "wit")), contract.get("world", "plugin"))


def _module_of_project(folder: Path, manifest: dict[str, Any], name: str) -> str:
    """Read the manifest of a project as far as it is needed here; `componium-sdk` reads all of it."""
    plugin, stated = _table(manifest, "plugin"), _table(manifest, "python").get("app")
    language = plugin.get("language", "rust")
    if language != "python":
        problem = "build it with `componium-sdk build`, and load the result"
        raise InvalidComponent(f"{name} is a plugin in {language}: {problem}")
    guesses = [stated] if stated else [str(plugin.get("name", "")).replace("-", "_"), "app"]
    for guess in map(str, guesses):
        if (folder / f"{guess}.py").is_file() or (folder / guess / "__init__.py").is_file():
            return guess
    raise InvalidComponent(f"{folder / MANIFEST} names the module {guesses[0]!r}, which is not beside it")


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidComponent(f"{path} cannot be read: {error}") from error


def _table(manifest: dict[str, Any], name: str) -> dict[str, Any]:
    table = manifest.get(name, {})
    if not isinstance(table, dict):
        raise InvalidComponent(f"{MANIFEST}: [{name}] must be a table")
    return table
