"""Starting and ending workers' processes."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Process"]

GRACE = 1.0
"""Seconds that a worker has to end by itself, and to write out what its plugin printed."""


class Process:
    """A worker's process, and the connection to it.

    The worker has nothing of the application's but what it is given: its standard output and error streams, its working
    directory, environment variables, and a connection. It is in a process group of its own, so that Ctrl-C reaches the
    application only.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Start Python, which finds its packages where this process does."""
        if not sys.executable:
            message = "workers need `sys.executable` to be the path of a Python interpreter"
            raise RuntimeError(message)
        self.connection, theirs = socket.socketpair()
        # Only the application has the other end of this pipe: once that is closed, the worker ends, whatever its plugin
        # does.
        life, self._life = os.pipe()
        packages = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "componium._worker", str(theirs.fileno()), str(life)],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno(), life],
                env={**environment, "PYTHONPATH": packages},
                process_group=0,
            )
        except BaseException:
            self._hang_up()
            raise
        finally:
            theirs.close()
            os.close(life)
        self._owner = os.getpid()
        _running.add(self)

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def is_ours(self) -> bool:
        """Whether this very process started it, rather than one that this one was forked from."""
        return self._owner == os.getpid()

    def end(self, grace: float = GRACE) -> int | None:
        """End the process, after it had time to end by itself; again, it does nothing.

        Args:
            grace: Seconds of that time.

        Returns:
            Its status: negative where a signal ended it, as in `subprocess`; `None` in a process that does not own it.
        """
        self._hang_up(keep_life=grace > 0)
        if not self.is_ours:
            return None
        try:
            return self._process.wait(grace)
        except subprocess.TimeoutExpired:
            # The group: what the plugin started ends with it.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            return self._process.wait()
        finally:
            self._hang_up()

    def _hang_up(self, *, keep_life: bool = False) -> None:
        """Close the connection, and the pipe without which the worker ends at once."""
        self.connection.close()
        if not keep_life and self._life >= 0:
            life, self._life = self._life, -1
            os.close(life)

    @staticmethod
    def leave_to_parent() -> None:
        """Let go, in a forked process, of workers that belong to its parent, and end with that one."""
        for process in list(_running):
            process._hang_up()  # noqa: SLF001  # of this class


_running: WeakSet[Process] = WeakSet()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=Process.leave_to_parent)
