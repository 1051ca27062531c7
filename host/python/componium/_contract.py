"""What an application expects of its plugins."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Self

from componium import _native

if TYPE_CHECKING:
    from componium._component import Component

__all__ = ["Contract"]


class Contract:
    """A world that plugins must implement.

    A component implements it if it exports every function of the world's exports with the same signature, and imports
    nothing but what the world imports, besides WASI.
    """

    def __init__(self, wit: str | os.PathLike[str], world: str | None = None) -> None:
        """Read the contract.

        Args:
            wit: A `.wit` file, or a folder of them with an optional `deps` folder.
            world: The world's name; may be left out where the package has only one.

        Raises:
            ToolchainError: The WIT cannot be read, or has no such world; the message has file and line.
        """
        self._native = _native.Contract(wit, world)
        self._expression = f"Contract({os.fspath(wit)!r}, {self.name.rpartition('/')[2].partition('@')[0]!r})"

    @classmethod
    def parse(cls, wit: str) -> Self:
        """Read a contract from WIT text that has one world.

        Args:
            wit: A package, followed by the packages that it uses, each as `package name { ... }`.

        Returns:
            The contract.

        Raises:
            ToolchainError: The text cannot be read; the message has the line.
        """
        contract = cls.__new__(cls)
        contract._native = _native.Contract.parse(wit)  # noqa: SLF001  # its own
        contract._expression = f"Contract.parse({wit!r})"  # noqa: SLF001
        return contract

    @property
    def name(self) -> str:
        """The world's full name, such as `componium:launcher/plugin@0.1.0`."""
        return self._native.name

    @property
    def wit(self) -> str:
        """The contract as WIT text."""
        return self._native.wit

    def check(self, component: Component) -> None:
        """Compare a component with the contract.

        Raises:
            ContractError: It does not implement the contract; every mismatch is listed.
        """
        component._plugin.check(self)  # noqa: SLF001  # of this package

    def __repr__(self) -> str:
        """Name the world."""
        return f"<componium.Contract {self.name}>"
