"""What the application provides to the guests of the soak."""

from collections.abc import Callable
from typing import Any

import componium


class Echoes:
    """The host functions of `test:values`, each of which returns what the guest passes."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Give the function for any name of the interface."""
        match name:
            case "join":
                return lambda *parts: "|".join(map(str, parts))
            case "nothing":
                return lambda: None
            case _:
                return lambda value: value


class File:
    """A resource of `test:resources`, of which only "present" can be opened."""

    missing: Callable[[str], object]

    def __init__(self, name: str) -> None:
        self._name = name

    @classmethod
    def open(cls, name: str) -> "File":
        """Open a file that must exist."""
        if name != "present":
            raise componium.GuestError(cls.missing(name))
        return cls(name)

    def name(self) -> str:
        """Return the name."""
        return self._name

    def read(self, most: int) -> bytes:
        """Return as much as is asked for."""
        return b"what the file contains"[:most]

    def same(self, other: "File") -> bool:
        """Compare names."""
        return self._name == other._name  # noqa: SLF001 - of its own class

    def duplicate(self) -> "File":
        """Return the same object: the guest then holds two handles of it."""
        return self


class Journal:
    """A resource of `test:resources`."""

    def write(self, line: str) -> None:
        """Forget a line."""


class Files:
    """The interface `files` of `test:resources`."""

    File = File
    Journal = Journal

    def journal_of_application(self) -> object:
        """Return a journal."""
        return Journal()

    def total(self, files: list[Any]) -> int:
        """Add up the lengths of names."""
        return sum(len(file.name()) for file in files)

    def keep(self, files: list[Any], last: Any) -> int:  # noqa: ANN401 - a file or nothing
        """Take files over, and let go of them."""
        return len(files) + (last is not None)


class Launcher:
    """The interface `host` of the launcher's contract."""

    def log(self, level: object, message: str) -> None:
        """Forget a line."""

    def get_user_config(self, key: str) -> str | None:
        """Know no setting."""
        return None if key else ""
