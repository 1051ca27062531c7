"""Values that misbehave."""

from __future__ import annotations

import array
from collections.abc import Sequence
from typing import Any, NoReturn


class OwnError(Exception):
    """What the values themselves raise."""


def fail(*_arguments: Any) -> NoReturn:
    """Fail, whatever is asked."""
    raise OwnError


class Broken:
    """Fails at whatever is asked of it."""

    __index__ = __int__ = __float__ = __len__ = __iter__ = __getitem__ = __contains__ = __eq__ = __repr__ = fail
    __hash__ = None

    def __getattr__(self, name: str) -> NoReturn:
        fail(name)


class Liar(Sequence[Any]):
    """Has another length than it says."""

    def __init__(self, items: Sequence[Any], length: int) -> None:
        self.items, self.length = items, length

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, index: Any) -> Any:
        return self.items[index]


class Index:
    """A number that is no int."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __index__(self) -> int:
        return self.number


class Fields:
    """Anything with attributes."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self.__dict__.update(fields)


def shrinking(items: list[Any]) -> list[Any]:
    """Return a list that empties itself while its elements are converted."""

    class Emptying(Index):
        def __index__(self) -> int:
            made.clear()
            return self.number

    made: list[Any] = [Emptying(1), *items]
    return made


def endless() -> list[Any]:
    """Return a list that contains itself."""
    made: list[Any] = []
    made.append(made)
    return made


def typed(code: str, data: bytes) -> array.array[Any]:
    """Return an array of as many numbers as the bytes hold."""
    made: array.array[Any] = array.array(code)
    made.frombytes(data[: len(data) // made.itemsize * made.itemsize])
    return made


def strided(data: bytes) -> memoryview:
    """Return a buffer with gaps."""
    return memoryview(data)[::2]


def surrogates(text: str) -> str:
    """Return text that is none."""
    return text + "\udc80"
