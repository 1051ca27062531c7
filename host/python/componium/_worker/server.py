"""The worker's side."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections import deque

from componium import _native
from componium._errors import ReentranceError
from componium._wire import Application, plugin_end
from componium._worker.channel import Channel, Kind
from componium._worker.failure import describe
from componium._worker.memory import limit_memory
from componium._worker.plugin import Plugin

__all__ = ["serve"]


def serve(connection: int, life: int) -> None:
    """Run the plugin that the application asks for, until the application hangs up.

    Args:
        connection: The descriptor of the connection to the application.
        life: The descriptor of a pipe that is closed when the application is gone.
    """
    _native.end_with(life)
    channel = Channel(socket.socket(fileno=connection))
    channel.send(Kind.READY)
    try:
        _serve(channel, _Connection(channel))
    except EOFError:
        return  # the application is done with the plugin


class _Connection:
    """Carries the plugin's calls to the application."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._thread = threading.get_ident()
        self._unwanted: deque[int] = deque()

    def call(self, function: int, data: bytes) -> bytes:
        """Call a function of the application's, which ends this process where it fails."""
        if threading.get_ident() != self._thread:
            message = "a plugin's imports can be called during a call of the plugin, on the thread of that call"
            raise ReentranceError(message)
        self.drop_unwanted()
        return self._ask(Kind.CALL, function, data)

    def release(self, number: int) -> None:
        """Drop an object of the application's: as soon as that waits for an answer."""
        self._unwanted.append(number)

    def drop_unwanted(self) -> None:
        """Drop the objects that the plugin let go."""
        while self._unwanted:
            self._ask(Kind.RELEASE, self._unwanted.popleft(), b"")

    def _ask(self, kind: Kind, number: int, data: bytes) -> bytes:
        self._channel.send(kind, number, data)
        try:
            return self._channel.receive().data
        except EOFError:
            os._exit(1)  # the call has ended: nothing of the plugin's runs any more


def _serve(channel: Channel, application: _Connection) -> None:
    """Load the plugin, then answer one call after the other; a failure is the last answer."""
    dispatcher: _native.Dispatcher | None = None
    while True:
        message = channel.receive()
        answer = b""
        try:
            if dispatcher is None:
                dispatcher = _load(message.data, application)
            elif message.kind is Kind.CALL:
                answer = dispatcher.call(message.number, message.data)
            else:
                dispatcher.release(message.number)
            application.drop_unwanted()
        except BaseException as error:  # noqa: BLE001  # whatever the plugin raises is told to the application
            channel.send(Kind.FAIL, 0, describe(error))
            return
        channel.send(Kind.RETURN, 0, answer)


def _load(data: bytes, application: _Connection) -> _native.Dispatcher:
    """Load a plugin within its limits."""
    wanted = json.loads(data)
    environment, memory = wanted.pop("environment"), wanted.pop("memory")
    os.environ.clear()
    os.environ.update(environment)
    if memory is not None:
        limit_memory(memory)
    component, start = Plugin(**wanted).load()
    dispatcher, _ = plugin_end(component, Application(application), start)
    return dispatcher
