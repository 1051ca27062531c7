"""A launcher: the user types a query, and the plugins whose trigger it starts with answer.

Shows what an application has to do to live with plugins in any language: find them, check them against the contract,
give them what they may use, ask them, and go on when one of them fails.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import bindings
import componium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from componium import wit


class Host:
    """What the launcher offers to one plugin: the interface `componium:launcher/host`."""

    def __init__(self, plugin: str, settings: Mapping[str, str]) -> None:
        """Serve `plugin` with the user's `settings` for it."""
        self._plugin = plugin
        self._settings = settings

    def log(self, level: bindings.Level, message: str) -> None:
        """Write one line of the plugin's log, if it matters."""
        if level in {bindings.Level.ERROR, bindings.Level.WARN}:
            print(f"{self._plugin}: {level}: {message}", file=sys.stderr)

    def get_user_config(self, key: str) -> str | None:
        """Look up a setting of the user."""
        return self._settings.get(key)


@dataclass
class Plugin:
    """A plugin, and the instance that is running."""

    name: str
    component: componium.Component
    options: wit.Options
    host: Host
    instance: bindings.Plugin = field(init=False)
    trigger: str = field(init=False)

    def __post_init__(self) -> None:
        """Start the plugin and ask for its trigger."""
        self.start()
        self.trigger = self.instance.runner.get_trigger()

    def start(self) -> None:
        """Make a fresh instance: at first, and after one has ended."""
        self.instance = bindings.Plugin.instantiate(self.component, host=self.host, **self.options)


@dataclass(frozen=True)
class Answer:
    """What one plugin said to a query: items, or the error that ended it."""

    plugin: str
    items: list[bindings.ActionItem]
    error: componium.Error | None = None


class Launcher:
    """Plugins, and the queries they are asked."""

    def __init__(self, *, deadline: float = 1.0, settings: Mapping[str, str] | None = None) -> None:
        """Start without plugins.

        Args:
            deadline: Seconds that a plugin may take for an answer.
            settings: The user's settings, for all plugins.
        """
        self.plugins: list[Plugin] = []
        self._deadline = deadline
        self._settings = settings or {}

    def add(self, component: componium.Component, *grants: componium.Folder) -> Plugin:
        """Start a plugin.

        Args:
            component: The plugin.
            grants: The folders that it may read.

        Raises:
            componium.Error: It cannot be started.
        """
        name = component.name.removesuffix(".wasm")
        options: wit.Options = {"grants": grants, "deadline": self._deadline}
        plugin = Plugin(name, component, options, Host(name, self._settings))
        self.plugins.append(plugin)
        return plugin

    def discover(self, folder: Path, progress: Callable[[Path], object] | None = None) -> componium.Discovery[Path]:
        """Find the plugins in a folder; what does not keep the contract is told apart, with the reason."""
        return componium.discover(folder, contract=bindings.Plugin.contract(), progress=progress)

    def handle(self, query: str) -> Iterator[Answer]:
        """Ask the plugins whose trigger the query starts with, one after another.

        A plugin that fails is started again, for the next query.
        """
        for plugin in self.plugins:
            if query.startswith(plugin.trigger):
                try:
                    yield Answer(plugin.name, plugin.instance.runner.handle(query))
                except componium.Error as error:
                    plugin.start()
                    yield Answer(plugin.name, [], error)

    def close(self) -> None:
        """End all plugins."""
        for plugin in self.plugins:
            plugin.instance.close()
