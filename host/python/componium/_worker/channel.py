"""Messages between an application and a worker: a kind, a number and bytes, never pickled objects.

The two sides take turns, so what arrives is exactly one message. The application does not trust it: a worker's memory
may have been overwritten by the plugin in it.
"""

from __future__ import annotations

import struct
import time
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import socket

__all__ = ["Channel", "Kind", "Malformed", "Message"]

MOST = 1 << 30
"""Bytes of a message that are taken from the other side; values of more are refused by the conversion anyway."""
_HEADER = struct.Struct("<BIQ")
_CHUNK = 1 << 18


class Kind(IntEnum):
    """What a message asks for, or says."""

    READY = 0
    """The worker: it has started."""
    LOAD = 1
    """The application: load the plugin that is described as JSON."""
    CALL = 2
    """Either side: call the function of this number with these parameters."""
    RELEASE = 3
    """Either side: an object of the resource of this number is not needed any more."""
    RETURN = 4
    """Either side: done, with this result."""
    FAIL = 5
    """The worker: the plugin failed, as JSON says."""


class Message(NamedTuple):
    """One message."""

    kind: Kind
    number: int = 0
    data: bytes = b""


class Malformed(Exception):  # noqa: N818  # it becomes a trap
    """What arrived is no message."""


class Channel:
    """One side of the connection."""

    def __init__(self, connection: socket.socket) -> None:
        """Use a connected stream socket."""
        self._connection = connection

    def send(self, kind: Kind, number: int = 0, data: bytes = b"", *, until: float | None = None) -> None:
        """Send one message.

        Raises:
            TimeoutError: The other side did not take it until then, by `time.monotonic`.
            OSError: The other side is gone.
        """
        self._connection.settimeout(_rest(until))
        self._connection.sendall(_HEADER.pack(kind, number, len(data)) + data)

    def receive(self, *, until: float | None = None) -> Message:
        """Wait for one message.

        Raises:
            TimeoutError: It was not there until then, by `time.monotonic`.
            EOFError: The other side is gone.
            Malformed: What arrived is no message.
        """
        data = self._some(_CHUNK, until)
        while len(data) < _HEADER.size:
            data += self._some(_CHUNK, until)
        kind, number, length = _HEADER.unpack_from(data)
        if kind not in Kind.__members__.values() or length > MOST:
            message = f"a message of kind {kind} with {length} bytes"
            raise Malformed(message)
        # Room is made as bytes arrive, not as the header promises them.
        parts = [memoryview(data)[_HEADER.size :]]
        missing = length - len(parts[0])
        while missing > 0:
            parts.append(memoryview(self._some(min(missing, MOST), until)))
            missing -= len(parts[-1])
        if missing < 0:
            message = f"{-missing} bytes after a message"
            raise Malformed(message)
        return Message(Kind(kind), number, b"".join(parts))

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()

    def _some(self, most: int, until: float | None) -> bytes:
        """Receive at least one byte."""
        self._connection.settimeout(_rest(until))
        try:
            data = self._connection.recv(min(most, _CHUNK))
        except ConnectionResetError as error:
            raise EOFError from error
        if not data:
            raise EOFError
        return data


def _rest(until: float | None) -> float | None:
    """Return the seconds left."""
    if until is None:
        return None
    rest = until - time.monotonic()
    if rest <= 0:
        raise TimeoutError
    return rest
