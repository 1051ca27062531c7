"""What a backend is: a way to run the workloads from Python."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from benchmarks.artifacts import Artifacts


class UnavailableError(Exception):
    """This machine cannot run the backend; the text says what is missing."""


@dataclass(frozen=True)
class Functions:
    """The workloads of one instance, each called in the way that is usual for the backend's technology."""

    add: Callable[[int, int], int]
    receive: Callable[[bytes], int]
    sum: Callable[[bytes], int]
    echo: Callable[[str], str]
    rows: Callable[[int], Iterable[Any]]
    evaluate: Callable[[str], float]


class Backend(ABC):
    """One technology with the code of one language."""

    def __init__(self, artifacts: Artifacts, language: str) -> None:
        """Remember where compiled code is, and which language to take where there is a choice."""
        self.artifacts = artifacts
        self.language = language

    @abstractmethod
    def load(self) -> object:
        """Bring the code into memory, compiled where the technology compiles.

        Raises:
            UnavailableError: This machine cannot run the backend.
        """

    @abstractmethod
    def instantiate(self, code: Any) -> Functions:  # noqa: ANN401 - what `load` of the same backend returned
        """Make an instance whose functions can be called."""

    def pair(self, row: Any) -> tuple[int, str]:  # noqa: ANN401 - one of the backend's own records
        """Return id and message of one row as the backend represents it."""
        return row.id, row.message
