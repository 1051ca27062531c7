"""Where the code of a plugin in Python comes from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from componium._errors import InvalidComponent
from componium._kinds.detection import MANIFEST
from componium._kinds.python.bindings import answering, bindings
from componium._kinds.python.modules import Modules

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from componium._description import Interface
    from componium._kinds.python.imported import Imported

__all__ = ["FileSource", "ObjectSource", "Owner", "Source"]


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

    def finish(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Make of a function what can be called for the caller of the instance."""
        ...


@dataclass(frozen=True)
class ObjectSource:
    """A module, a class or an object of the application's own."""

    value: Any

    def owner(self, imports: Sequence[Interface], exports: Sequence[Interface], imported: Imported) -> Owner:
        """Give the same value for every instance."""
        del imports, exports, imported
        return Owner(self.value)

    def finish(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Leave the function as it is."""
        return function


@dataclass(frozen=True)
class FileSource:
    """A file, a package, or a project that `componium-sdk` builds."""

    path: Path
    """As it was given to `componium.load`."""
    folder: Path
    module: str
    only: str | None = field(default=None)
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
            return cls(path, path.parent, path.stem, None if project else path.stem)
        if path.joinpath(MANIFEST).is_file():
            return cls(path, path, _module_of_project(path, name))
        return cls(path, path.parent, path.name, path.name)

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

    def finish(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Let it raise what plugins written for componentize-py raise."""
        return answering(function)


def _module_of_project(folder: Path, name: str) -> str:
    """Read the manifest of a project as far as it is needed here; `componium-sdk` reads all of it."""
    manifest = folder / MANIFEST
    try:
        document = tomllib.loads(manifest.read_text(encoding="utf-8"))
        plugin, python = document.get("plugin", {}), document.get("python", {})
        language, title = plugin.get("language", "rust"), plugin.get("name", "")
        stated = python.get("app")
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError) as error:
        raise InvalidComponent(f"{manifest} cannot be read: {error}") from error
    if language != "python":
        raise InvalidComponent(
            f"{name} is a plugin in {language}: build it with `componium-sdk build` and load what that makes"
        )
    guesses = [stated] if stated else [title.replace("-", "_"), "app"]
    for guess in guesses:
        if (folder / f"{guess}.py").is_file() or (folder / guess / "__init__.py").is_file():
            return str(guess)
    raise InvalidComponent(f"{manifest} names the module {guesses[0]!r}, which is not beside it")
