"""Values as a guest hands them over: core values, bytes in memory, and every way that they take to the host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .attack import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    import componium

END = 65536
"""The size of the guest's memory."""
AT = 16
"""Where values in memory lie."""
TAIL = 1024
"""Where the bytes lie that a value points at."""
MOST = 2**32 - 1
TAG = 1 << 31
"""Marks UTF-16 in the length of a `latin1+utf16` string."""


@dataclass(frozen=True, kw_only=True)
class Value:
    """A value as a guest hands it over."""

    type: str
    """In the text format of components."""
    error: str = ""
    """What the host says to it."""
    flat: tuple[int, ...] | None = None
    """Its core values."""
    memory: bytes | None = None
    """Its bytes in memory."""
    tail: bytes = b""
    """What lies at `TAIL`."""
    encoding: str = "utf8"
    core: str = "u32 u32"
    """The types of its core values."""

    def ways(self) -> Iterator[str]:
        """Give the functions of the guest that hand it over."""
        indirect = len(self.core.split()) > 1
        if self.flat is not None:
            yield "give"
        if self.memory is not None:
            yield "give-in-memory"
        if (self.memory if indirect else self.flat) is not None:
            yield "produce"

    def component(self) -> componium.Component:
        """Return the guest."""
        core = " ".join(f'(param "p{index}" {type_})' for index, type_ in enumerate(self.core.split()))
        return load("value", type=self.type, core=core, encoding=self.encoding)

    def hand_over(self, instance: componium.Instance, way: str) -> object:
        """Let the guest hand it over: the result, or `None` where it becomes an argument."""
        for address, data in ((AT, self.memory), (TAIL, self.tail)):
            if data:
                instance.poke(address, data)
        direct = way == "give" or (way == "produce" and len(self.core.split()) == 1)
        return instance[way](*((self.flat or ()) if direct else (AT,)))


def one(type_: str, bits: int, error: str = "", core: str = "u32") -> Value:
    """Make a value that is one core value."""
    return Value(type=type_, error=error, flat=(bits,), core=core)


def memory(type_: str, data: str, error: str = "", core: str = "u32 u32") -> Value:
    """Make a value in memory, from its bytes in hexadecimal."""
    return Value(type=type_, error=error, memory=bytes.fromhex(data), core=core)


def pair(type_: str, pointer: int, length: int, error: str = "", tail: str = "", encoding: str = "utf8") -> Value:
    """Make a string or a list, from the bytes at `TAIL` in hexadecimal."""
    words = pointer.to_bytes(4, "little") + length.to_bytes(4, "little")
    flat, data = (pointer, length), bytes.fromhex(tail)
    return Value(type=type_, error=error, flat=flat, memory=words, tail=data, encoding=encoding)


def utf8(data: str) -> Value:
    """Make a string whose bytes are not UTF-8."""
    length = len(bytes.fromhex(data))
    return pair("string", TAIL, length, f"a string of {length} bytes at 0x400 is not valid UTF-8", data)


def utf16(data: str, encoding: str = "utf16") -> Value:
    """Make a string whose units are not UTF-16."""
    units = len(bytes.fromhex(data)) // 2
    length = units | (TAG if encoding == "latin1+utf16" else 0)
    return pair("string", TAIL, length, f"a string of {units} units at 0x400 is not valid UTF-16", data, encoding)
