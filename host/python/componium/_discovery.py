"""Finding plugins in a folder, and among the entry points of installed packages."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

import platformdirs

from componium._errors import Error, InvalidComponent
from componium._kinds.detection import detect
from componium._kinds.kind import require_trust
from componium._loading import load

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator
    from importlib.metadata import EntryPoint

    from componium._component import Component
    from componium._contract import Contract

__all__ = ["Discovery", "discover", "discover_entry_points", "plugins_folder"]

SUFFIXES = {".wasm", ".so", ".dylib", ".dll", ".py", ".zip"}
"""Of files that are meant to be plugins, so that it is said if they are not."""

Key = TypeVar("Key", Path, str)


@dataclass(frozen=True)
class Discovery(Generic[Key]):
    """What was found: by path in a folder, by name among entry points."""

    components: dict[Key, Component] = field(default_factory=dict)
    """The plugins that can be used, in the order of their names."""
    rejected: dict[Key, Error | OSError] = field(default_factory=dict)
    """Those that cannot be used, and why."""


def plugins_folder(application: str) -> Path:
    """Return where an application looks for its user's plugins.

    Args:
        application: The application's name.

    Returns:
        `~/.config/<application>/plugins` on Linux, the platform's own place for configuration elsewhere; it need not
        exist.
    """
    return platformdirs.user_config_path(application, appauthor=False) / "plugins"


def discover(
    folder: str | os.PathLike[str],
    *,
    contract: Contract | None = None,
    cache: bool = True,
    trust: bool = False,
    progress: Callable[[Path], object] | None = None,
) -> Discovery[Path]:
    """Load every plugin of a folder, of any kind.

    One bad file does not keep the others from being used. Files that look like no plugin, and names that begin with a
    dot or an underscore, are left alone.

    Args:
        folder: The folder; one that does not exist holds no plugins.
        contract: What each plugin must implement.
        cache: As for `load`.
        trust: As for `load`. Without it, native libraries and Python files are rejected, with `TrustRequired`.
        progress: Called with each file before it is loaded: one that is not in the cache can take seconds to compile.

    Returns:
        What can be used, and what cannot with the reason.
    """
    found: Discovery[Path] = Discovery()
    for path in _candidates(Path(folder)):
        if progress is not None:
            progress(path)
        try:
            found.components[path] = load(path, contract=contract, cache=cache, trust=trust)
        except (Error, OSError) as error:
            found.rejected[path] = error
    return found


def _candidates(folder: Path) -> Iterator[Path]:
    """Find what looks like a plugin."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith((".", "_")):
            continue
        try:
            detect(path, path.name)
        except InvalidComponent:
            if path.suffix not in SUFFIXES:
                continue
        except OSError:  # loading says so
            pass
        yield path


def discover_entry_points(group: str, *, contract: Contract, trust: bool = False, cache: bool = True) -> Discovery[str]:
    """Load every plugin that an installed package offers as an entry point.

    An entry point leads to a module, a class or an object that implements the contract, or to the path of a plugin of
    any kind. Importing it runs the package's code, so that nothing is found without trust.

    Args:
        group: The group of entry points, such as `my_app.plugins`.
        contract: What each plugin must implement.
        trust: As for `load`. Without it, every entry point is rejected, with `TrustRequired`, and nothing is imported.
        cache: As for `load`.

    Returns:
        What can be used, by the entry point's name, and what cannot with the reason.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415  # slow to import

    found: Discovery[str] = Discovery()
    for entry in sorted(entry_points(group=group), key=lambda entry: entry.name):
        try:
            if entry.name in found.components:
                raise InvalidComponent(f"another package has an entry point {entry.name!r} in {group!r}: {entry.value}")
            require_trust("python", entry.name, trust=trust)
            found.components[entry.name] = load(
                _import(entry), contract=contract, name=entry.name, cache=cache, trust=trust
            )
        except (Error, OSError) as error:
            found.rejected[entry.name] = error
    return found


def _import(entry: EntryPoint) -> object:
    """Import what an entry point leads to.

    Raises:
        InvalidComponent: It cannot be imported.
    """
    try:
        return entry.load()
    except Exception as error:
        message = f"{entry.name} ({entry.value}) cannot be imported: {type(error).__name__}: {error}"
        raise InvalidComponent(message) from error
