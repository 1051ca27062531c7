"""Conformance cases: what README.md says of `<plugin>/cases.toml`, as Python."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

PLUGINS = ("echo", "calc", "dir")

Item = Mapping[str, str]
Line = Mapping[str, str]


@dataclass(frozen=True)
class Tree:
    """A folder to grant.

    Args:
        folders: Folders to make, relative to it, `/` between names.
        files: Empty files to make, with the folders above them.
    """

    folders: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    def make(self, root: Path) -> Path:
        """Make the folders and files inside `root` and return it."""
        for folder in self.folders:
            (root / folder).mkdir(parents=True)
        for file in self.files:
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).touch()
        return root


@dataclass(frozen=True)
class Case:
    """One query and its answer.

    Args:
        plugin: The plugin's name.
        name: What the plugin does.
        input: The query, trigger included.
        items: The answer's items.
        config: The user's settings for the plugin.
        log: The lines that the plugin logs; None where they are not checked.
        tree: The folder granted at `/`; None grants nothing.
        sandbox: Whether the case is about the sandbox itself, which only components have.
    """

    plugin: str
    name: str
    input: str
    items: list[Item]
    config: Mapping[str, str] = field(default_factory=dict)
    log: list[Line] | None = None
    tree: Tree | None = None
    sandbox: bool = False

    @classmethod
    def from_table(cls, plugin: str, table: dict[str, Any]) -> Self:
        """Return the case that a `[[case]]` table describes."""
        tree = table.pop("tree", None)
        return cls(plugin, tree=None if tree is None else Tree(**tree), **table)

    def granted(self, root: Path) -> Path | None:
        """Make the folder to grant inside an empty one, and return it; None where nothing is granted."""
        return None if self.tree is None else self.tree.make(root)

    def within(self, root: Path) -> Self:
        """Return the same case for a plugin that sees the real file system: `root` is what the sandbox shows as `/`."""
        if self.tree is None or not self.input.startswith("/"):
            return self
        return replace(self, input=f"{root}{self.input}", items=[_within(item, root) for item in self.items])

    def __str__(self) -> str:
        return f"{self.plugin} {self.name}"


def _within(item: Item, root: Path) -> Item:
    """Return an item with its paths below `root`: in `exec`, and between quotes in a message."""
    path = f"{root}{item['exec']}" if item["exec"] else ""
    return {**item, "name": item["name"].replace("'/", f"'{root}/"), "exec": path}


def read_cases(plugin: str) -> list[Case]:
    """Return a plugin's cases, in the order of its file."""
    text = Path(__file__).with_name(plugin).joinpath("cases.toml").read_text(encoding="utf-8")
    return [Case.from_table(plugin, table) for table in tomllib.loads(text)["case"]]


CASES = [case for plugin in PLUGINS for case in read_cases(plugin)]
