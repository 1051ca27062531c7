"""The least of a launcher: it loads built plugins and asks them."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

import componium
import pytest

from .cases import Item, Line

BUILT = Path(__file__).parents[2] / "build" / "plugins"


def built(plugin: str, language: str) -> Path:
    """Return the path of a built plugin; fail the test where it is missing."""
    path = BUILT / f"{plugin}-{language}.wasm"
    if not path.is_file():
        pytest.fail(f"build/plugins/{path.name} is missing: run `nox -s build`", pytrace=False)
    return path


@cache
def load(path: Path) -> componium.Component:
    """Return a plugin's component, compiled once."""
    return componium.load(path)


class Host:
    """What a launcher offers to a plugin.

    Args:
        config: The user's settings for the plugin.

    Attributes:
        lines: What the plugin has logged.
    """

    def __init__(self, config: Mapping[str, str]) -> None:
        self._config = config
        self.lines: list[Line] = []

    def log(self, level: str, message: str) -> None:
        """Keep a line of the plugin's log."""
        self.lines.append({"level": str(level), "message": message})

    def get_user_config(self, key: str) -> str | None:
        """Return the user's setting, if there is one."""
        return self._config.get(key)


class Plugin:
    """A running plugin; a context manager.

    Args:
        name: The plugin's name.
        language: The language it is written in.
        config: The user's settings for it.
        grants: The folders it may use.
        memory: Bytes of memory it may use.
    """

    def __init__(
        self,
        name: str,
        language: str,
        *,
        config: Mapping[str, str] | None = None,
        grants: Sequence[componium.Folder] = (),
        memory: int = 64 * 2**20,
    ) -> None:
        self.host = Host(config or {})
        component = load(built(name, language))
        self._instance = component.instantiate(
            imports={"host": self.host}, grants=list(grants), deadline=30.0, memory=memory
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._instance.close()

    def trigger(self) -> str:
        """Return what a query for the plugin starts with."""
        trigger = self._instance.runner.get_trigger()
        assert isinstance(trigger, str)
        return trigger

    def ask(self, text: str) -> list[Item]:
        """Return the plugin's answer to a query."""
        items = self._instance.runner.handle(text)
        return [{"name": item.name, "exec": item.exec, "keywords": item.keywords} for item in items]
