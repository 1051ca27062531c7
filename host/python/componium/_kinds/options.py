"""The options of an instance: those that hold for its kind, with the kind's own defaults."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from componium._errors import NotEnforceable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from componium._grants import Folder
    from componium._kinds.kind import Kind

__all__ = ["DEADLINE", "DEFAULT", "MEMORY", "Default", "Options", "Requested"]

DEADLINE = 10.0
"""Seconds that one call may take where deadlines hold, unless an instance is given another one."""
MEMORY = 256 * 2**20
"""Bytes of linear memory that a component's instance may use, unless it is given another limit."""


class Default(enum.Enum):
    """The type of `DEFAULT`."""

    DEFAULT = enum.auto()

    def __repr__(self) -> str:
        """Show what signatures show."""
        return self.name


DEFAULT: Final = Default.DEFAULT
"""An option that was not given: what it then is depends on the plugin's kind."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of one instance, all decided."""

    folders: list[Folder]
    deadline: float | None
    memory: int | None
    environment: Mapping[str, str] | None
    """`None` for this process's own."""
    arrays: bool
    worker: bool


@dataclass(frozen=True, slots=True)
class Requested:
    """The options of one instance as the application gave them."""

    grants: Iterable[Folder] | Default
    deadline: float | Default | None
    memory: int | Default | None
    environment: Mapping[str, str] | Default | None
    arrays: bool
    worker: bool

    def decide(self, plugin: str, kind: Kind, enforced: frozenset[str]) -> Options:
        """Fill in the defaults.

        Args:
            plugin: What errors call the plugin.
            kind: Its kind.
            enforced: The options that hold for it.

        Raises:
            NotEnforceable: Options were given that do not hold; `None`, which limits nothing, always does.
            ValueError: The deadline is not positive.
            OSError: A granted folder cannot be opened.
        """
        self._refuse(plugin, kind, enforced)
        deadline = (DEADLINE if "deadline" in enforced else None) if self.deadline is DEFAULT else self.deadline
        if deadline is not None and not deadline > 0:
            message = f"deadline must be a positive number of seconds or None, got {deadline!r}"
            raise ValueError(message)
        return Options(
            folders=[] if self.grants is DEFAULT else [folder.resolve() for folder in self.grants],
            deadline=deadline,
            memory=(MEMORY if "memory" in enforced else None) if self.memory is DEFAULT else self.memory,
            environment=None if self.environment is DEFAULT else self.environment,
            arrays=self.arrays,
            worker=self.worker,
        )

    def _refuse(self, plugin: str, kind: Kind, enforced: frozenset[str]) -> None:
        """Raise an error for options that do not hold, with what does instead."""
        given = {
            "grants": self.grants,
            "deadline": self.deadline,
            "memory": self.memory,
            "environment": self.environment,
        }
        refused = [
            name for name, value in given.items() if name not in enforced and value is not DEFAULT and value is not None
        ]
        if refused:
            where = "in a worker process" if self.worker else "in this process"
            raise NotEnforceable(
                f"{plugin}: {' and '.join(refused)} cannot be enforced for a plugin of the kind `{kind}` {where}. "
                f"{_remedy(refused, worker=self.worker)}",
                kind,
                tuple(refused),
            )


def _remedy(refused: list[str], *, worker: bool) -> str:
    """Say how the application gets what it asked for."""
    hold_in_workers = {"deadline", "memory", "environment"}
    if not worker and hold_in_workers.issuperset(refused):
        return "Leave it out, run the plugin with worker=True, or load it as a component (.wasm)."
    return "Leave it out, or load the plugin as a component (.wasm)."
