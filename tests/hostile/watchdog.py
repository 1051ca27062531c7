"""A process that does what may end it, watched by one that only waits."""

import faulthandler
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

Request = TypeVar("Request")
Answer = TypeVar("Answer")

_SPAWN = multiprocessing.get_context("spawn")  # a fork would share what the parent has loaded
_START_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Death:
    """What became of a process that gave no answer.

    Attributes:
        reason: In words: it was killed because it hung, or died of a signal or exit.
    """

    reason: str


class Watchdog(Generic[Request, Answer]):
    """Hands requests to a process, and starts another one when it hangs or dies; to be used with `with`."""

    def __init__(self, prepare: Callable[[], Callable[[Request], Answer]]) -> None:
        """Watch a process that answers with what `prepare`, a function of a module, returns there."""
        self._prepare = prepare
        self._process: Any = None
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        """Do nothing: a process is started when there is something to do."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self._end()

    def ask(self, request: Request, seconds: float) -> Answer | Death:
        """Have a request answered.

        Args:
            request: What is to be done.
            seconds: How long that may take at most.

        Returns:
            The answer, or how the process died instead.

        Raises:
            Exception: What was raised there instead of an answer.
        """
        connection = self._connection or self._start()
        try:
            connection.send(request)
            if not connection.poll(seconds):
                self._end()
                return Death(f"hung: no answer in {seconds:g} s")
            answer: Answer | Exception = connection.recv()
        except (EOFError, OSError):
            return Death(self._end())
        if isinstance(answer, Exception):
            self._end()  # nobody knows what state it is in
            raise answer
        return answer

    def _start(self) -> Connection:
        ours, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs, self._prepare), daemon=True)
        self._process.start()
        theirs.close()
        self._connection = ours
        if not ours.poll(_START_SECONDS) or ours.recv() is not None:
            raise RuntimeError(f"the process that does the work did not start: {self._end()}")
        return ours

    def _end(self) -> str:
        """End the process and return how it died, if it had already."""
        if self._connection is None:
            return "not started"
        self._connection.close()
        self._connection = None
        self._process.join(1)
        code = self._process.exitcode
        self._process.kill()
        self._process.join()
        if code is None:
            return "did not end"
        return f"died: {signal.Signals(-code).name}" if code < 0 else f"died: exit code {code}"


def _serve(connection: Connection, prepare: Callable[[], Callable[[Any], Any]]) -> None:
    """Answer requests until there are no more."""
    # Guests write to what they take for standard output; faults of the process itself are still told.
    faulthandler.enable(os.fdopen(os.dup(2), "w"))
    with Path(os.devnull).open("w", encoding="ascii") as nowhere:
        for stream in (sys.__stdout__, sys.__stderr__):
            if stream is not None:
                os.dup2(nowhere.fileno(), stream.fileno())
    answer = prepare()
    connection.send(None)
    while True:
        try:
            request = connection.recv()
        except EOFError:
            return
        try:
            connection.send(answer(request))
        except Exception as error:  # noqa: BLE001  # the one who asked is told
            connection.send(error)
