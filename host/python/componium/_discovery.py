"""Finding plugins in a folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from componium._errors import Error
from componium._loading import load

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from componium._component import Component
    from componium._contract import Contract

__all__ = ["Discovery", "discover", "plugins_folder"]


@dataclass(frozen=True)
class Discovery:
    """What was found in a folder."""

    components: dict[Path, Component] = field(default_factory=dict)
    """The components that can be used, by path, in order of their names."""
    rejected: dict[Path, Error | OSError] = field(default_factory=dict)
    """Files that cannot be used, and why."""


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
    progress: Callable[[Path], object] | None = None,
) -> Discovery:
    """Load every `.wasm` file of a folder.

    One bad file does not keep the others from being used.

    Args:
        folder: The folder; one that does not exist holds no plugins.
        contract: What each component must implement.
        cache: As for `load`.
        progress: Called with each file before it is loaded: one that is not in the cache can take seconds to compile.

    Returns:
        What can be used, and what cannot with the reason.
    """
    found = Discovery()
    for path in sorted(Path(folder).glob("*.wasm")):
        if progress is not None:
            progress(path)
        try:
            found.components[path] = load(path, contract=contract, cache=cache)
        except (Error, OSError) as error:
            found.rejected[path] = error
    return found
