"""The plugin of these tests, and what its host functions do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar

import componium
import pytest

from .build import build, glue, load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Item:
    """A resource of the application."""

    dropped: ClassVar[Counter[str]] = Counter()

    def __init__(self, name: str) -> None:
        """Name it."""
        self._name = name

    def name(self) -> str:
        """Return the name."""
        if self._name == "nameless":
            message = "it has no name"
            raise LookupError(message)
        return self._name

    def drop(self) -> None:
        """Count the end of it."""
        Item.dropped[self._name] += 1


class Store:
    """The application's side of the plugin."""

    Item = Item

    def __init__(self) -> None:
        """Begin with no lines."""
        self.lines: list[str] = []
        self.on_log: Callable[[], object] = object

    def log(self, line: str) -> int:
        """Keep a line, and run what the test wants."""
        self.lines.append(line)
        self.on_log()
        return len(self.lines)

    def find(self, key: str) -> str | None:
        """Find a value, or fail as the key says."""
        if key == "denied":
            raise componium.GuestError(key)
        return 5 if key == "wrong" else key.upper() or None  # type: ignore[return-value]

    def many(self, *arguments: Any) -> str:
        """Return the arguments as text."""
        return repr(arguments)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the path of the plugin."""
    return build(tmp_path_factory.mktemp("plugin"), glue=glue())


@pytest.fixture(scope="session")
def component(library: Path) -> componium.Component:
    """Give the plugin, loaded."""
    return load(library)


@pytest.fixture
def store() -> Store:
    """Give the application's side of one instance."""
    Item.dropped.clear()
    return Store()


@pytest.fixture
def instance(component: componium.Component, store: Store) -> componium.Instance:
    """Give an instance that nobody else uses."""
    return component.instantiate({"store": store})


@pytest.fixture
def api(instance: componium.Instance) -> Any:
    """Give its exported interface."""
    return instance.api
