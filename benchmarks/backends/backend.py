"""What a backend is: a way to run the workloads from Python."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NoReturn

from benchmarks.artifacts import Artifacts


class UnavailableError(Exception):
    """This machine cannot run the backend; the text says what is missing."""


@dataclass(frozen=True)
class Repeated:
    """A function whose calls are repeated by native code, so that what is timed is the calls and no interpreter.

    Attributes:
        call: Calls it once, with its arguments.
        repeat: Calls it as often as a last argument says.
    """

    call: Callable[..., Any]
    repeat: Callable[..., object]

    def __call__(self, *arguments: object) -> Any:  # noqa: ANN401 - what the function answers
        """Call once."""
        return self.call(*arguments)


def absent(*_: object) -> NoReturn:
    """Stand for a workload that the backend does not have."""
    raise NotImplementedError("the list of backends says which workloads this one has")


@dataclass(frozen=True)
class Functions:
    """The workloads of one instance, each called in the way that is usual for the backend's technology."""

    add: Callable[[int, int], int] = absent
    receive: Callable[[bytes], int] = absent
    sum: Callable[[bytes], int] = absent
    echo: Callable[[str], str] = absent
    rows: Callable[[int], Iterable[Any]] = absent
    evaluate: Callable[[str], float] = absent


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
