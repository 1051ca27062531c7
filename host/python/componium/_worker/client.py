"""The application's side of a worker."""

from __future__ import annotations

import json
import os
import sys
import time
import weakref
from typing import TYPE_CHECKING, Any

from componium._errors import ClosedError, NotEnforceable, Trap
from componium._worker.channel import Channel, Kind, Malformed
from componium._worker.failure import Failed, Limits, crash
from componium._worker.process import Process

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from componium import _native
    from componium._wire import Peer
    from componium._worker.plugin import Plugin

__all__ = ["ENFORCES", "SUPPORTED", "instantiate"]

SUPPORTED = sys.platform != "win32"
"""Whether there are workers on this system: they need process groups, and signals."""
ENFORCES = frozenset(
    (
        *(("deadline", "environment") if SUPPORTED else ()),
        *(("memory",) if sys.platform == "linux" else ()),
    )
)
"""The options of `Component.instantiate` that hold for a plugin in a worker. Other systems than Linux do not limit what
a process may allocate."""
READY = 60.0
"""Seconds that Python may take to start."""


def instantiate(  # noqa: PLR0913  # each option is a decision of its own
    component: _native.Component,
    imports: tuple[Sequence[Callable[..., Any] | None], Sequence[type], bool],
    plugin: Plugin,
    *,
    deadline: float | None,
    memory: int | None,
    environment: Mapping[str, str] | None,
) -> _native.Instance:
    """Make an instance of a plugin in a worker process.

    Args:
        component: The plugin.
        imports: What the application provides, and whether it wants lists of numbers as buffers.
        plugin: How the worker finds it.
        deadline: Seconds that one call may take, or the plugin's start.
        memory: Bytes that the plugin may take.
        environment: The environment variables that it sees; the application's own by default.

    Returns:
        The instance.

    Raises:
        NotEnforceable: This system has no workers.
        Trap: The plugin failed while it started.
        DeadlineExceeded: The plugin took too long to start.
    """
    if not SUPPORTED:
        message = f"{plugin.name}: there are no worker processes on Windows; load it as a component (.wasm)"
        raise NotEnforceable(message, plugin.kind, ("worker",))
    variables = dict(os.environ if environment is None else environment)

    def connect(application: _native.Dispatcher) -> Peer:
        worker = _Worker(application, Limits(deadline, memory), variables)
        try:
            worker.load({**plugin.to_json(), "memory": memory, "environment": variables})
        except BaseException as error:  # noqa: BLE001  # it is raised again, as what it stands for
            made = worker.failed(f"{plugin.name}: instantiation", error)
            worker.close()
            raise made from made.__cause__
        return worker

    return component.wired().connect(imports, connect)


class _Worker:
    """A plugin in a worker, as its instance calls it. Nothing that arrives from there is trusted."""

    def __init__(self, application: _native.Dispatcher, limits: Limits, environment: Mapping[str, str]) -> None:
        """Start the process, which calls `application`."""
        self._application = application
        self._limits = limits
        self._process = Process(environment)
        self._channel = Channel(self._process.connection)
        # Works while the garbage collector takes things apart, too, and at the interpreter's end.
        self.close = weakref.finalize(self, self._process.end)

    def load(self, plugin: dict[str, Any]) -> None:
        """Wait until the worker runs, and have it load a plugin."""
        if self._channel.receive(until=time.monotonic() + READY).kind is not Kind.READY:
            message = "something else before it was ready"
            raise Malformed(message)
        self._ask(Kind.LOAD, 0, json.dumps(plugin).encode())

    def call(self, function: int, data: bytes) -> bytes:
        """Call a function of the plugin's."""
        return self._ask(Kind.CALL, function, data)

    def release(self, number: int) -> None:
        """Have the plugin drop an object, unless it is gone with the process."""
        if self.close.alive:
            self._ask(Kind.RELEASE, number, b"")

    def failed(self, place: str, error: BaseException) -> BaseException:
        """End the worker, and make the caller's exception."""
        if isinstance(error, EOFError | ConnectionError):
            return crash(place, self._process.end(), self._limits)
        self._process.end(grace=0)
        if isinstance(error, TimeoutError):
            return self._limits.deadline_exceeded(place)
        if isinstance(error, Malformed):
            return Trap(f"{place}: the worker broke the protocol: it sent {error}")
        return error.exception(place, self._limits) if isinstance(error, Failed) else error

    def _ask(self, kind: Kind, number: int, data: bytes) -> bytes:
        """Send a message, serve what the plugin asks for meanwhile, and wait for the answer."""
        if not self._process.is_ours:
            problem = "a worker belongs to the process that started it, not to one that was forked from that"
            raise ClosedError(problem)
        deadline = self._limits.deadline
        until = None if deadline is None else time.monotonic() + deadline
        self._channel.send(kind, number, data, until=until)
        while True:
            message = self._channel.receive(until=until)
            match message.kind:
                case Kind.RETURN:
                    return message.data
                case Kind.FAIL:
                    raise Failed(message.data)
                case Kind.CALL:
                    answer = self._application.call(message.number, message.data)
                case Kind.RELEASE:
                    self._application.release(message.number)
                    answer = b""
                case _:
                    problem = f"a message of kind {message.kind.name}"
                    raise Malformed(problem)
            self._channel.send(Kind.RETURN, 0, answer, until=until)
