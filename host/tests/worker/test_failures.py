"""What a plugin in a worker does to its application: nothing but an exception."""

from __future__ import annotations

import pickle
import sys
from typing import TYPE_CHECKING, Any

import componium
import pytest

from .conftest import Host

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no worker processes on Windows")


@pytest.fixture
def start() -> Iterator[Callable[..., componium.Instance]]:
    """Give what makes instances in workers, all of which are closed at the end."""
    instances: list[componium.Instance] = []

    def start(component: componium.Component, **options: Any) -> componium.Instance:
        instances.append(component.instantiate({"host": Host()}, worker=True, **options))
        return instances[-1]

    yield start
    for instance in instances:
        instance.close()


@pytest.mark.parametrize(("query", "signals"), [("!deep", {"SIGSEGV", "SIGBUS"}), ("!trap", {"SIGILL", "SIGTRAP"})])
def test_crash_is_an_exception(
    library: componium.Component, start: Callable[..., componium.Instance], query: str, signals: set[str]
) -> None:
    """It names the signal and ends the instance; the application and other instances of the plugin go on."""
    crashing, other = start(library), start(library)
    with pytest.raises(componium.WorkerCrashed) as caught:
        crashing.runner.handle(query)
    assert caught.value.signal in signals
    assert caught.value.status is None
    assert f"runner.handle(): the worker was ended by {caught.value.signal}" in str(caught.value)
    assert not crashing.running
    with pytest.raises(componium.ClosedError):
        crashing.runner.handle("!")
    assert other.runner.handle("!")[0].name == "fine"
    assert start(library).runner.handle("!")[0].name == "fine"


def test_crash_of_python_is_an_exception(script: componium.Component, start: Callable[..., componium.Instance]) -> None:
    """As for libraries."""
    with pytest.raises(componium.WorkerCrashed) as caught:
        start(script).runner.handle("kill 11")
    assert caught.value.signal == "SIGSEGV"


def test_crash_survives_pickling(script: componium.Component, start: Callable[..., componium.Instance]) -> None:
    """With its attributes, as every error."""
    with pytest.raises(componium.WorkerCrashed) as caught:
        start(script).runner.handle("exit 3")
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # its own
    assert (str(copy), copy.signal, copy.status) == (str(caught.value), None, 3)


def test_exit_of_the_interpreter_is_a_trap(
    script: componium.Component, start: Callable[..., componium.Instance]
) -> None:
    """As in this process."""
    with pytest.raises(componium.Trap, match="exited with status 3"):
        start(script).runner.handle("leave 3")


@pytest.mark.parametrize("kind", ["library", "script"])
def test_deadline_ends_the_worker(
    request: pytest.FixtureRequest, start: Callable[..., componium.Instance], kind: str
) -> None:
    """An endless loop, and a sleep."""
    query = {"library": "!loop", "script": "sleep 60"}[kind]
    instance = start(request.getfixturevalue(kind), deadline=0.3)
    with pytest.raises(componium.DeadlineExceeded, match=r"runner\.handle\(\) was ended after its deadline of 0\.3 s"):
        instance.runner.handle(query)
    assert not instance.running


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits what a process may allocate")
def test_memory_is_limited(
    library: componium.Component, script: componium.Component, start: Callable[..., componium.Instance]
) -> None:
    """A library that gives up is told of by the limit; an exception of Python's is told apart."""
    with pytest.raises(componium.WorkerCrashed, match="its memory was limited to 67108864 bytes"):
        start(library, memory=64 << 20).runner.handle("!memory")
    with pytest.raises(componium.MemoryExceeded) as caught:
        start(script, memory=64 << 20).runner.handle(f"take {1 << 30}")
    assert caught.value.limit == 64 << 20
    start(script, memory=64 << 20).runner.handle(f"take {1 << 20}")


def test_exceptions_of_the_application_come_back_as_themselves(
    script: componium.Component, start: Callable[..., componium.Instance]
) -> None:
    """Through the worker, whose instance ends."""
    instance = start(script)
    with pytest.raises(OSError, match="the disk is broken"):
        instance.runner.handle("config broken")
    assert not instance.running


@pytest.mark.parametrize(
    "text",
    [
        "ff" * 13,
        "02" + "00" * 12,
        "02ffffffff" + "00" * 8,
        "04" + "00" * 4 + "ff" * 8,
        "04" + "00" * 4 + "0c" + "00" * 7 + "ff" * 12,
        "04" + "00" * 12 + "00",
        "05" + "00" * 4 + "02" + "00" * 7 + "7b7d",
        "05" + "00" * 4 + "01" + "00" * 7 + "7b",
    ],
    ids=["kind", "call", "function", "length", "value", "surplus", "empty account", "broken account"],
)
def test_worker_is_not_trusted(
    script: componium.Component, start: Callable[..., componium.Instance], text: str
) -> None:
    """Whatever a plugin has its worker send, the application gets an exception and goes on."""
    instance = start(script)

    def use() -> None:
        instance.runner.handle(f"garble {text}")
        instance.runner.get_trigger()

    with pytest.raises(componium.Trap):
        use()
    assert not instance.running
    assert start(script).runner.get_trigger()


def test_output_is_the_application_s(
    script: componium.Component, start: Callable[..., componium.Instance], capfd: pytest.CaptureFixture[str]
) -> None:
    """What a plugin prints appears where the application's output does, all of it."""
    instance = start(script)
    instance.runner.handle("flood 256")
    instance.close()
    assert len(capfd.readouterr().out) == 256 << 10
