"""What an instance may use beyond its own memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

__all__ = ["Folder"]


@dataclass(frozen=True)
class Folder:
    """A grant: the guest sees a folder of the host, and nothing outside it.

    Args:
        path: The folder on the host.
        at: The path under which the guest finds it.
        write: Whether the guest may change it.
    """

    path: str | os.PathLike[str]
    at: str = "/"
    write: bool = False

    def resolve(self) -> Folder:
        """Return the same grant with an absolute host path.

        Raises:
            NotADirectoryError: `path` is no folder.
        """
        path = Path(self.path).expanduser().absolute()
        if not path.is_dir():
            message = f"cannot grant {path}: it is not a folder"
            raise NotADirectoryError(message)
        return Folder(path, self.at, self.write)
