"""When workers begin and end."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import componium
import pytest

from host.tests.conftest import ROOT

from .conftest import PLUGIN, Host

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no worker processes on Windows")

APPLICATION = """
import sys, time
import componium
contract = componium.Contract(sys.argv[2], "plugin")
component = componium.load(sys.argv[1], contract=contract, trust=True)

class Host:
    def log(self, level, message): ...
    def get_user_config(self, key): ...

instance = component.instantiate({"host": Host()}, worker=True, deadline=None)
print(instance.runner.get_trigger(), flush=True)
instance.runner.handle("sleep 600")
"""


def pid_of(instance: componium.Instance) -> int:
    """Return the process of an instance of the script."""
    return int(instance.runner.get_trigger())


def ends(pid: int) -> bool:
    """Wait until a process is gone."""
    for _ in range(500):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_closing_ends_the_worker(script: componium.Component) -> None:
    """And each instance has one of its own."""
    with script.instantiate({"host": Host()}, worker=True) as one:
        with script.instantiate({"host": Host()}, worker=True) as two:
            pids = {os.getpid(), pid_of(one), pid_of(two)}
            assert len(pids) == 3
            gone = pid_of(two)
        assert ends(gone)
        one.runner.handle("nothing")
        gone = pid_of(one)
    assert ends(gone)


def test_collecting_ends_the_worker(script: componium.Component) -> None:
    """An instance that nobody closes."""
    instance = script.instantiate({"host": Host()}, worker=True)
    pid = pid_of(instance)
    del instance
    gc.collect()
    assert ends(pid)


def test_death_of_the_application_ends_the_worker(tmp_path: Path) -> None:
    """Even in the middle of a call, when it is killed."""
    source = tmp_path / "faulty.py"
    source.write_text(PLUGIN, encoding="utf-8")
    application = subprocess.Popen(
        [sys.executable, "-c", APPLICATION, source, str(ROOT / "wit" / "launcher" / "0.1.0")],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert application.stdout is not None
    pid = int(application.stdout.readline())
    application.kill()
    application.wait()
    application.stdout.close()
    assert ends(pid)


def test_interrupt_reaches_the_application(script: componium.Component) -> None:
    """Ctrl-C ends a call of a plugin that sleeps, and its worker."""
    instance = script.instantiate({"host": Host()}, worker=True)
    pid = pid_of(instance)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # which shells have background jobs ignore
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        instance.runner.handle("sleep 60")
    timer.join()
    signal.signal(signal.SIGINT, before)
    assert not instance.running
    assert ends(pid)


def test_forked_process_leaves_the_worker_alone(script: componium.Component) -> None:
    """A child cannot use its parent's worker, and its end is not the worker's."""
    with script.instantiate({"host": Host()}, worker=True) as instance:
        child = os.fork()
        if child == 0:  # pragma: no cover  # another process
            try:
                instance.runner.handle("nothing")
            except componium.ClosedError:
                os._exit(7)
            os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
        instance.runner.handle("nothing")


def test_worker_has_nothing_that_it_was_not_given(script: componium.Component) -> None:
    """Descriptors of the application stay there."""
    reader, writer = os.pipe()
    os.set_inheritable(writer, True)  # noqa: FBT003
    with script.instantiate({"host": Host()}, worker=True) as instance:
        pid = pid_of(instance)
        os.close(writer)
        os.set_blocking(reader, False)
        assert os.read(reader, 1) == b"", f"the worker {pid} holds the other end"
    os.close(reader)
