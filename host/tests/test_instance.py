"""Instances: what a guest may use, how its faults end, and that others go on."""

from __future__ import annotations

import gc
import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import weakref
from typing import TYPE_CHECKING, Any

import componium
import pytest
from componium import ClosedError, DeadlineExceeded, Folder, MemoryExceeded, ReentranceError, Trap

from .conftest import LauncherHost, guest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def ask(component: componium.Component, query: str, **options: Any) -> str:
    """Return the name of the first item that a fresh instance answers with."""
    with component.instantiate({"host": LauncherHost()}, **options) as instance:
        return str(instance.runner.handle(query)[0].name)


def test_policy(faulty: componium.Component, monkeypatch: pytest.MonkeyPatch) -> None:
    """Granted: environment, randomness. Not granted: files and clocks."""
    monkeypatch.setenv("COMPONIUM_TEST", "seen")
    assert ask(faulty, "!env COMPONIUM_TEST") == "seen"
    assert ask(faulty, "!env COMPONIUM_TEST", environment={"COMPONIUM_TEST": "given"}) == "given"
    assert ask(faulty, "!env COMPONIUM_TEST", environment={}) != "seen"
    assert ask(faulty, "!random") != ask(faulty, "!random")
    assert float(ask(faulty, "!time")) == 0
    assert ask(faulty, "!open /etc/passwd").startswith("cannot open '/etc/passwd'")


def test_print(faulty: componium.Component, caplog: pytest.LogCaptureFixture) -> None:
    """What a plugin prints goes to `logging`, line by line, as what people can see."""
    caplog.set_level(logging.INFO)
    ask(faulty, "!print one\ntwo\x1b[2J")
    logger = f"componium.plugin.{faulty.name}"
    assert caplog.record_tuples == [(logger, logging.INFO, "one"), (logger, logging.INFO, "two\\u{1b}[2J")]


def test_print_without_end(faulty: componium.Component, caplog: pytest.LogCaptureFixture) -> None:
    """What a plugin prints in one call is dropped beyond a mebibyte, which is said once."""
    caplog.set_level(logging.INFO)
    with faulty.instantiate({"host": LauncherHost()}) as instance:
        for _ in range(2):
            instance.runner.handle("!print " + "x" * (3 << 20))
            printed = [record for record in caplog.records if record.levelno == logging.INFO]
            told = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
            assert 0.9 * (1 << 20) < sum(len(record.getMessage()) for record in printed) <= 1 << 20
            assert told == ["printed 1024 KiB in one call; what it prints beyond is dropped"]
            caplog.clear()


def test_granted_folder(faulty: componium.Component, tmp_path: Path) -> None:
    """A granted folder can be read, and nothing outside it: not by `..`, a symbolic link or its host path."""
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "file").write_text("granted")
    (tmp_path / "secret").write_text("secret")
    grants = [Folder(inside)]
    assert "granted" in ask(faulty, "!open /file", grants=grants)
    escapes = ["/../secret", f"{tmp_path}/secret"]
    if sys.platform != "win32":  # making links there needs a privilege
        (inside / "link").symlink_to(tmp_path / "secret")
        escapes.append("/link")
    for escape in escapes:
        assert ask(faulty, f"!open {escape}", grants=grants).startswith("cannot open")


def test_folder_that_is_none(faulty: componium.Component, tmp_path: Path) -> None:
    """A grant of something that is no folder is refused with its path."""
    with pytest.raises(NotADirectoryError, match=r"cannot grant .*absent"):
        faulty.instantiate({"host": LauncherHost()}, grants=[Folder(tmp_path / "absent")])


@pytest.mark.parametrize(
    ("query", "error", "message"),
    [
        ("!trap", Trap, r"faulty-c.wasm: runner.handle\(\): wasm trap: wasm `unreachable`"),
        ("!deep", Trap, "call stack exhausted"),
        ("!memory", MemoryExceeded, "the limit is 33554432"),
        ("!loop", DeadlineExceeded, r"after its deadline of 0.2 s"),
    ],
)
def test_faults(faulty: componium.Component, query: str, error: type[componium.Error], message: str) -> None:
    """A fault ends its instance with an error that says what; other instances go on."""
    with faulty.instantiate({"host": LauncherHost()}) as other:
        instance = faulty.instantiate({"host": LauncherHost()}, deadline=0.2, memory=32 << 20)
        with pytest.raises(error, match=message) as caught:
            instance.runner.handle(query)
        assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301
        assert not instance.running
        with pytest.raises(ClosedError, match=r"ended when runner.handle\(\) failed; instantiate the component again"):
            instance.runner.handle("!")
        assert other.runner.handle("!")[0].name == "fine"


def test_trap_frames(text: Callable[..., componium.Component]) -> None:
    """A trap carries the guest's stack, innermost function first."""
    component = text(
        """
        (component
          (core module $m
            (func $inner unreachable)
            (func $outer (export "run") (call $inner)))
          (core instance $i (instantiate $m))
          (func (export "run") (canon lift (core func $i "run"))))
        """
    )
    with component.instantiate() as instance, pytest.raises(Trap) as caught:
        instance.run()
    assert [frame.function for frame in caught.value.frames] == ["inner", "outer"]
    assert pickle.loads(pickle.dumps(caught.value)).frames == caught.value.frames  # noqa: S301


def test_note_of_a_host_functions_exception(text: Callable[..., componium.Component]) -> None:
    """An exception of a host function carries a note of the guest's stack."""

    def fail() -> None:
        message = "no such key"
        raise KeyError(message)

    instance = text(
        """
        (component
          (import "fail" (func $fail))
          (core func $fail (canon lower (func $fail)))
          (core module $m
            (import "host" "fail" (func $fail))
            (func $outer (export "run") (call $fail)))
          (core instance $host (export "fail" (func $fail)))
          (core instance $i (instantiate $m (with "host" (instance $host))))
          (func (export "run") (canon lift (core func $i "run"))))
        """
    ).instantiate({"fail": fail})
    with pytest.raises(KeyError) as caught:
        instance.run()
    assert caught.traceback[-1].name == "fail"
    (note,) = caught.value.__notes__
    assert note == "raised in a function that the guest called, during component: run()\n  in outer"


LOOP = """
(component
  (core module $m (func $spin (export "spin") (loop (br 0))) {start})
  (core instance $i (instantiate $m))
  (func (export "spin") (canon lift (core func $i "spin"))))
"""


def test_loop_in_start(text: Callable[..., componium.Component]) -> None:
    """The deadline holds for a component's start code too."""
    with pytest.raises(DeadlineExceeded, match="instantiation"):
        text(LOOP.format(start="(start $spin)")).instantiate(deadline=0.1)


def test_deadline_is_kept_after_idling(text: Callable[..., componium.Component]) -> None:
    """The deadline holds when nothing has run for so long that the ticking thread sleeps."""
    component = text(LOOP.format(start=""))
    for idle in (0, 1.5):
        time.sleep(idle)
        with pytest.raises(DeadlineExceeded):
            component.instantiate(deadline=0.1).spin()


@pytest.mark.parametrize("deadline", [0, -1, float("nan")])
def test_bad_deadline(text: Callable[..., componium.Component], deadline: float) -> None:
    """A deadline is a positive number."""
    with pytest.raises(ValueError, match="deadline must be a positive number of seconds or None"):
        text(LOOP.format(start="")).instantiate(deadline=deadline)


def test_other_threads_run(text: Callable[..., componium.Component]) -> None:
    """While a guest runs for long, other threads of the interpreter do too."""
    ticks = 0
    instance = text(LOOP.format(start="")).instantiate(deadline=0.5)

    def spin() -> None:
        with pytest.raises(DeadlineExceeded):
            instance.spin()

    thread = threading.Thread(target=spin)
    thread.start()
    while thread.is_alive():
        ticks += 1
        time.sleep(0.005)
    assert ticks > 5


def test_close(values: componium.Component) -> None:
    """Closing twice is fine; calling afterwards says that it was closed."""
    instance = values.instantiate({"echoes": _Reentrant()})
    instance.close()
    instance.close()
    assert not instance.running
    with pytest.raises(ClosedError, match="this instance was closed"):
        instance.echoes.echo_u8(1)


def test_exports_do_not_hide_methods(text: Callable[..., componium.Component]) -> None:
    """A guest that exports `close` does not change what closing is; the export is found by its name in WIT."""
    component = text(
        """
        (component
          (core module $m (func (export "close") (result i32) (i32.const 7)))
          (core instance $i (instantiate $m))
          (func (export "close") (result u32) (canon lift (core func $i "close"))))
        """
    )
    with component.instantiate() as instance:
        assert instance["close"]() == 7
    assert not instance.running


def test_cycles_are_collected(values: componium.Component) -> None:
    """An instance whose host functions refer back to it is freed by the garbage collector."""
    host = _Reentrant()
    host.instance = values.instantiate({"echoes": host})
    assert host.instance.echoes.echo_u32(1) == 1
    seen = weakref.ref(host)
    del host
    gc.collect()
    assert seen() is None


def test_cycles_through_functions_are_collected(values: componium.Component) -> None:
    """An instance is freed that only its host refers to, by one of its functions."""
    host = _Reentrant()
    instance = values.instantiate({"echoes": host})
    host.function = instance.echoes.echo_u32
    seen = weakref.ref(host)
    del host, instance
    gc.collect()
    assert seen() is None


class _Reentrant:
    """A host whose functions call back."""

    instance: componium.Instance
    other: componium.Instance
    function: Callable[[int], int]

    def echo_u8(self, value: int) -> int:
        """Call the instance that is calling."""
        return int(self.instance.echoes.echo_u8(value))

    def echo_u16(self, value: int) -> int:
        """Call another instance."""
        return int(self.other.echoes.echo_u32(value))

    def echo_u32(self, value: int) -> int:
        """Answer."""
        return value

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Have all the other functions too."""
        return lambda *arguments: arguments[0]


def test_reentrance(values: componium.Component) -> None:
    """A host function may call another instance, but not the one that is calling it."""
    host = _Reentrant()
    host.instance = values.instantiate({"echoes": host})
    host.other = values.instantiate({"echoes": host})
    assert host.instance.echoes.echo_u16(7) == 7
    with pytest.raises(ReentranceError, match="in a call already"):
        host.instance.echoes.echo_u8(1)


def test_calls_from_many_threads(values: componium.Component) -> None:
    """Threads that share an instance wait for each other."""
    instance = values.instantiate({"echoes": _Reentrant()})
    wrong: list[int] = []

    def call(number: int) -> None:
        wrong.extend(value for value in range(200) if instance.echoes.echo_u32(number + value) != number + value)

    threads = [threading.Thread(target=call, args=(1000 * number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_exception_of_a_host_function(values: componium.Component) -> None:
    """An exception in a host function ends the call and reaches the caller as itself."""

    class Failing(_Reentrant):
        def echo_u32(self, value: int) -> int:
            message = f"no {value}"
            raise LookupError(message)

    instance = values.instantiate({"echoes": Failing()})
    with pytest.raises(LookupError, match="no 5"):
        instance.echoes.echo_u32(5)
    with pytest.raises(ClosedError):
        instance.echoes.echo_u8(5)


def test_wrong_result_of_a_host_function(values: componium.Component) -> None:
    """A host function that returns the wrong type is told so by name."""

    class Wrong(_Reentrant):
        def echo_u32(self, value: int) -> int:
            return str(value)  # type: ignore[return-value]

    with pytest.raises(componium.TypeMismatch, match=r"echoes.echo-u32\(\): result: expected int \(u32\), got str '5'"):
        values.instantiate({"echoes": Wrong()}).echoes.echo_u32(5)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no interval timers to interrupt with")
def test_interrupt(text: Callable[..., componium.Component]) -> None:
    """Ctrl-C ends a guest that loops."""
    instance = text(LOOP.format(start="")).instantiate(deadline=20)
    previous = signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        with pytest.raises(KeyboardInterrupt):
            instance.spin()
    finally:
        signal.signal(signal.SIGALRM, previous)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_deadline_after_fork() -> None:
    """A forked child has deadlines too."""
    script = f"""
import componium, os
component = componium.load({str(guest("faulty-c"))!r})
component.instantiate().runner.handle("!")
child = os.fork()
if child == 0:
    try:
        component.instantiate(deadline=0.1).runner.handle("!loop")
    except componium.DeadlineExceeded:
        os._exit(7)
    os._exit(1)
raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60).returncode == 7
