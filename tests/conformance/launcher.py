"""The least of a launcher: it asks plugins, whatever their kind."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from .builds import Build
from .cases import Item, Line


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
        build: The form in which it is run.
        config: The user's settings for it.
        options: The options of its instance.
    """

    def __init__(self, name: str, build: Build, *, config: Mapping[str, str] | None = None, **options: Any) -> None:  # noqa: ANN401
        self.host = Host(config or {})
        self._instance = build.load(name).instantiate(imports={"host": self.host}, **options)

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
