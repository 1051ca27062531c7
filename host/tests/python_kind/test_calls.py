"""How calls of plugins in Python end: as calls of sandboxed plugins do."""

from __future__ import annotations

import contextlib
import gc
import threading
import weakref
from typing import TYPE_CHECKING, Any

import componium
import pytest
from componium import ClosedError, GuestError, OutOfRange, ReentranceError, Trap, TypeMismatch

from host.tests.python_kind.plugin import PythonComponent

if TYPE_CHECKING:
    from types import SimpleNamespace

WIT = """
package test:calls;

interface host {
  ask: func(question: string) -> u8;
  check: func(question: string) -> result<u8, string>;
}

interface api {
  run: func(task: string) -> u8;
  parse: func(text: string) -> result<u8, string>;
  nothing: func();
}

world plugin {
  import host;
  export api;
}
"""


class Application:
    """What the plugin imports."""

    def ask(self, question: str) -> int:
        """Fail on demand."""
        if question == "disk":
            message = "the disk is broken"
            raise OSError(message)
        return int(question)

    def check(self, question: str) -> int:
        """Return the error case for what is no number."""
        if not question.isdecimal():
            message = f"{question} is no number"
            raise GuestError(message)
        return int(question)


class Tasks:
    """What the plugin's function `run` can be told to do."""

    def __init__(self, imported: SimpleNamespace) -> None:
        """Use what is imported."""
        self.host = imported.host

    def run(self, task: str) -> int:
        """Do the task that is called so."""
        return int(getattr(self, task)())

    def fail(self) -> int:
        """Raise."""
        return {"a": 1}["b"]

    def leave(self) -> int:
        """End the process, as it believes."""
        raise SystemExit(3)

    def interrupt(self) -> int:
        """Be interrupted."""
        raise KeyboardInterrupt

    def too_large(self) -> int:
        """Return what does not fit."""
        return 256

    def swallow(self) -> int:
        """Ask what makes the application raise, and go on as if nothing had happened."""
        with contextlib.suppress(OSError):
            self.host.ask("disk")
        return 1

    def wrong_argument(self) -> int:
        """Be told what was wrong."""
        try:
            self.host.ask(7)
        except TypeMismatch:
            return 1
        return 0

    def keywords(self) -> int:
        """Call with keyword arguments."""
        return int(self.host.ask(question="5"))

    def unchecked(self) -> int:
        """Let an error case through."""
        return int(self.host.check("x"))

    def thread(self) -> int:
        """Ask on another thread."""
        heard: list[BaseException] = []

        def ask() -> None:
            try:
                self.host.ask("1")
            except ReentranceError as error:
                heard.append(error)

        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
        return len(heard)


def plugin(imported: SimpleNamespace) -> dict[str, Any]:
    """Make the interface `api`."""

    def parse(text: str) -> Any:
        if text == "ok":
            return componium.Ok(7)
        if text == "err":
            return componium.Err("as a value")
        if text == "forward":
            return imported.host.check("forwarded")
        raise GuestError(text)

    return {"api": {"run": Tasks(imported).run, "parse": parse, "nothing": lambda: "ignored"}}


@pytest.fixture
def instance() -> componium.Instance:
    """Give an instance."""
    return PythonComponent(WIT, plugin).instantiate({"host": Application()})


def test_kind() -> None:
    """A component says what kind it is."""
    assert PythonComponent(WIT, plugin).kind == "python"


def test_error_cases(instance: componium.Instance) -> None:
    """A plugin returns the error case by raising `GuestError`, or as a value; the instance goes on."""
    assert instance.api.parse("ok") == 7
    for text, value in [("err", "as a value"), ("raised", "raised"), ("forward", "forwarded is no number")]:
        with pytest.raises(GuestError) as caught:
            instance.api.parse(text)
        assert caught.value.value == value
    assert instance.api.nothing() is None


def test_exception(instance: componium.Instance) -> None:
    """What a plugin raises is a trap with its frames, caused by the exception, and ends the instance."""
    with pytest.raises(Trap, match=r"^plugin: api.run\(\): the plugin raised KeyError: 'b'$") as caught:
        instance.api.run("fail")
    assert isinstance(caught.value.__cause__, KeyError)
    innermost, outer = caught.value.frames
    assert (innermost.function, outer.function) == ("Tasks.fail", "Tasks.run")
    assert (innermost.module, innermost.file) == (__name__, __file__)
    assert innermost.line
    with pytest.raises(ClosedError, match=r"ended when api.run\(\) failed"):
        instance.api.nothing()


@pytest.mark.parametrize(
    ("task", "reason", "cause"),
    [
        ("leave", "the guest exited with status 3", SystemExit),
        ("too_large", r"OutOfRange: api.run\(\): result: expected u8 \(0 to 255\), got 256", OutOfRange),
        ("unchecked", "raised componium._errors.GuestError", GuestError),
    ],
)
def test_traps(instance: componium.Instance, task: str, reason: str, cause: type) -> None:
    """Leaving, wrong results and errors that no contract has are traps too."""
    with pytest.raises(Trap, match=reason) as caught:
        instance.api.run(task)
    assert isinstance(caught.value.__cause__, cause)
    assert not instance.running


def test_interrupt(instance: componium.Instance) -> None:
    """An interrupt reaches the caller as itself, and ends the instance."""
    with pytest.raises(KeyboardInterrupt):
        instance.api.run("interrupt")
    assert not instance.running


def test_application_raises(instance: componium.Instance) -> None:
    """What the application raises ends the call, whatever the plugin makes of it."""
    with pytest.raises(OSError, match="the disk is broken") as caught:
        instance.api.run("swallow")
    assert any("during plugin: api.run()" in note for note in caught.value.__notes__)
    assert not instance.running


@pytest.mark.parametrize(("task", "result"), [("wrong_argument", 1), ("keywords", 5)])
def test_imports(instance: componium.Instance, task: str, result: int) -> None:
    """What a plugin imports checks its arguments before the application sees them, and takes keywords."""
    assert instance.api.run(task) == result


def test_import_on_another_thread(instance: componium.Instance) -> None:
    """A plugin calls the application on the thread that called the plugin, as a sandboxed one does."""
    assert instance.api.run("thread") == 1


def test_import_outside_of_calls() -> None:
    """A plugin cannot call the application when nobody called it, or when its instance has ended."""
    kept: list[SimpleNamespace] = []

    def keeping(imported: SimpleNamespace) -> dict[str, Any]:
        kept.append(imported)
        assert imported.host.ask("1") == 1  # it may while it starts
        return plugin(imported)

    instance = PythonComponent(WIT, keeping).instantiate({"host": Application()})
    with pytest.raises(ReentranceError, match="on the thread of that call"):
        kept[0].host.ask("1")
    instance.close()
    with pytest.raises(ClosedError):
        kept[0].host.ask("1")


def test_reentrance() -> None:
    """A host function cannot call the plugin that is calling it."""

    class Reentrant(Application):
        def ask(self, question: str) -> int:
            del question
            running.api.nothing()
            return 1

    running = PythonComponent(WIT, plugin).instantiate({"host": Reentrant()})
    with pytest.raises(ReentranceError, match="in a call already"):
        running.api.run("keywords")


@pytest.mark.parametrize(
    ("broken", "error"),
    [("raise", Trap), ("application", OSError), ("missing", Trap), ("interrupt", KeyboardInterrupt)],
)
def test_start_fails(broken: str, error: type[BaseException]) -> None:
    """What goes wrong while a plugin starts is told like what goes wrong in a call."""

    def start(imported: SimpleNamespace) -> dict[str, Any]:
        if broken == "raise":
            return {"api": 1 / 0}
        if broken == "application":
            imported.host.ask("disk")
        if broken == "interrupt":
            raise KeyboardInterrupt
        return {}

    with pytest.raises(error, match="plugin: instantiation" if error is Trap else None) as caught:
        PythonComponent(WIT, start).instantiate({"host": Application()})
    if error is Trap:
        assert isinstance(caught.value.__cause__, ZeroDivisionError if broken == "raise" else componium.ImportsError)


def test_freed() -> None:
    """A closed instance lets its plugin go at once; one in a cycle goes with the garbage."""
    plugins: list[weakref.ref[Tasks]] = []

    def start(imported: SimpleNamespace) -> dict[str, Any]:
        tasks = Tasks(imported)
        plugins.append(weakref.ref(tasks))
        return {"api": {"run": tasks.run, "parse": tasks.run, "nothing": gc.collect}}

    host = Application()
    component = PythonComponent(WIT, start)
    closed, forgotten = component.instantiate({"host": host}), component.instantiate({"host": host})
    closed.close()
    assert plugins[0]() is None
    host.instance = forgotten  # type: ignore[attr-defined]
    del forgotten, host
    gc.collect()
    assert plugins[1]() is None


def test_threads(instance: componium.Instance) -> None:
    """Calls come from any thread, one at a time."""
    results: list[int] = []

    def work() -> None:
        results.extend(instance.api.run("keywords") for _ in range(100))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [5] * 400
