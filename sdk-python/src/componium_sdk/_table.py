"""A table of a TOML file, read key by key so that every error can name its key."""

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from componium_sdk._errors import ProjectError


class Table:
    """One table of a manifest, which remembers what was asked for.

    Args:
        file: The manifest, for errors.
        name: The table's dotted name; empty for the document.
        content: What it contains.
    """

    def __init__(self, file: Path, name: str, content: Mapping[str, Any]) -> None:
        self._file = file
        self._name = name
        self._content = content
        self._known: set[str] = set()

    def error(self, key: str, problem: str, remedy: str) -> ProjectError:
        """An error about one key of this table."""
        return ProjectError(self._file, self._path(key), problem, remedy)

    def table(self, key: str, *, required: bool = True) -> "Table":
        """The table under `key`.

        Raises:
            ProjectError: It is missing though required, or is no table.
        """
        self._known.add(key)
        content = self._content.get(key, None if required else {})
        if content is None:
            raise self.error(key, "the table is missing", f"Add a table [{self._path(key)}] to the file.")
        if not isinstance(content, Mapping):
            raise self.error(key, f"expected a table, got {content!r}", f"Write it as [{self._path(key)}].")
        return Table(self._file, self._path(key), content)

    def text(self, key: str, example: str, pattern: str = r"(?s).*\S.*") -> str:
        """The string under `key`.

        Args:
            key: The key.
            example: A good value, for the error.
            pattern: What the whole string must match; anything but blanks by default.

        Raises:
            ProjectError: It is missing, no string, or does not match.
        """
        text = self.optional_text(key, example, pattern)
        if text is None:
            raise self.error(key, "the key is missing", _write(key, example))
        return text

    def optional_text(self, key: str, example: str, pattern: str = r"(?s).*\S.*") -> str | None:
        """As `text`, but None where the key is missing."""
        self._known.add(key)
        value = self._content.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.error(key, f"expected a string, got {value!r}", _write(key, example))
        if not re.fullmatch(pattern, value):
            raise self.error(key, f"{value!r} is not valid here", _write(key, example))
        return value

    def close(self) -> None:
        """Refuse keys that nothing asked for: each is a slip of the pen, or meant for a later version.

        Raises:
            ProjectError: There is one.
        """
        for key in self._content:
            if key not in self._known:
                near = difflib.get_close_matches(key, self._known, n=1)
                known = ", ".join(sorted(self._known)) or "none"
                raise self.error(
                    key,
                    "unknown key",
                    f"Did you mean `{near[0]}`?" if near else f"Remove it; keys known here: {known}.",
                )

    def _path(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key


def _write(key: str, example: str) -> str:
    return f'Write for example: {key} = "{example}"'
