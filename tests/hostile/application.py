"""The application that is attacked: what it offers to guests."""

import time
from typing import Any

import componium

MOST_INSTANCES = 100
"""Within each other: fewer than Python's own limit on recursion allows."""


class Thing:
    """A resource of the application's."""

    def __init__(self) -> None:
        """Make one, as the guest's constructor does."""

    def look(self) -> int:
        """Return a number."""
        return 1


class Launcher:
    """What the reference plugins import."""

    @staticmethod
    def log(level: object, message: str) -> None:
        """Ignore a line."""

    @staticmethod
    def get_user_config(key: str) -> None:
        """Have no setting."""


class Application:
    """The functions that guests import, by the names of the worlds' imports."""

    def __init__(self, component: componium.Component, limits: dict[str, Any]) -> None:
        """Offer `component` what it imports; instances that it asks for get `limits`."""
        self._component = component
        self._limits = limits
        self._instances: list[componium.Instance] = []

    def instantiate(self, **options: Any) -> componium.Instance:  # noqa: ANN401  # as Component.instantiate
        """Make an instance with what it imports, as far as this application has it."""
        offered: dict[str, object] = {
            "Thing": Thing,
            "touch": lambda: None,
            "take": lambda value: None,  # noqa: ARG005  # only taken
            "next": self._next,
            "again": self._again,
            "sleep": lambda: time.sleep(1),
            "host": Launcher,
        }
        instance = self._component.instantiate(offered, **self._limits, **options)
        self._instances.append(instance)
        return instance

    def _next(self) -> None:
        """Call another instance of the same component, unless there are very many already."""
        if len(self._instances) < MOST_INSTANCES:
            self.instantiate()["run"]()

    def _again(self) -> None:
        """Call the instance that is calling."""
        self._instances[-1]["run"]()
