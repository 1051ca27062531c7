"""Guests that trap, exhaust something, never end, or misbehave around a call."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from componium import DeadlineExceeded, MemoryExceeded, ReentranceError, Trap

from .attack import HERE, fails, load

if TYPE_CHECKING:
    from collections.abc import Callable

    import componium

FAULTS = {
    "trap": (Trap, "wasm trap: wasm `unreachable` instruction executed"),
    "divide": (Trap, "wasm trap: integer divide by zero"),
    "read-outside": (Trap, "wasm trap: out of bounds memory access"),
    "fill-outside": (Trap, "wasm trap: out of bounds memory access"),
    "call-null": (Trap, "wasm trap: uninitialized element"),
    "call-outside": (Trap, "wasm trap: undefined element: out of bounds table access"),
    "recurse": (Trap, "wasm trap: call stack exhausted"),
    "no-text": (Trap, "the guest broke the canonical ABI: 4 bytes at 0x10000 lie outside its memory of 65536 bytes"),
    "trap-after": (Trap, "wasm trap: wasm `unreachable` instruction executed"),
    "call-after": (Trap, "cannot leave component instance"),
    "loop": (DeadlineExceeded, "fault: loop() was ended after its deadline of 0.05 s"),
    "loop-after": (DeadlineExceeded, "fault: loop-after() was ended after its deadline of 0.05 s"),
    "grow-memory": (
        MemoryExceeded,
        "fault: grow-memory() failed after it was refused 33619976 bytes of memory; the limit is 33554432",
    ),
    "grow-table": (
        MemoryExceeded,
        "fault: grow-table() failed after it was refused 40065544 bytes of memory; the limit is 33554432",
    ),
}


def make(name: str = "", call_back: Callable[[int], object] = int) -> componium.Instance:
    """Make an instance that is given little time if the function named would loop."""
    deadline = 0.05 if name.startswith("loop") else 10
    return load("fault").instantiate({"call_back": call_back}, deadline=deadline, memory=32 << 20)


@pytest.mark.parametrize("name", FAULTS)
def test_faults(name: str) -> None:
    """A fault ends its instance with an error that says what."""
    error, message = FAULTS[name]
    fails(lambda: make(name), lambda instance: instance[name](), error, message, times=10 if "loop" in name else 1000)


def test_overwriting_after() -> None:
    """What a guest does to its memory after a call does not change the result that it gave."""
    with make() as instance:
        assert instance["overwrite-after"]() == "text"
        with pytest.raises(Trap, match="lie outside its memory"):  # the next result lies at what is now 0xffffffff
            instance["overwrite-after"]()


def test_recursion_through_the_host() -> None:
    """A guest that a host function would enter again gets an error in the host function, and the call fails by it."""
    instances: list[Any] = []

    def call_back(depth: int) -> None:
        instances[-1]["call-host"](depth + 1)

    def attack(instance: componium.Instance) -> None:
        instances.append(instance)
        try:
            instance["call-host"](0)
        finally:
            instances.clear()

    fails(lambda: make(call_back=call_back), attack, ReentranceError, "fault: this instance is in a call already")


CHAIN = """
import sys
import componium

component = componium.load(componium.toolchain.parse_text(open(sys.argv[1]).read()))
instances = []

def next():
    instances.append(component.instantiate({"next": next}))
    instances[-1].run(int(sys.argv[2]))

try:
    next()
except componium.ReentranceError as error:
    print(len(instances), error)
"""


def test_chain_of_guests() -> None:
    """Guests that call guests get an error before the thread's stack is used up, which would end the process."""
    command = [sys.executable, "-c", CHAIN, str(HERE / "chain.wat"), "10000"]
    ended = subprocess.run(command, check=True, capture_output=True, text=True)
    count, _, message = ended.stdout.partition(" ")
    assert int(count) > 1
    assert "too many calls of guests are under way on this thread" in message


RECURSION = """
import sys
import threading
import componium

component = componium.load(componium.toolchain.parse_text(open(sys.argv[1]).read()))

def run():
    try:
        component.instantiate().run()
    except (componium.ReentranceError, componium.Trap) as error:
        print(type(error).__name__, error)

threading.stack_size(int(sys.argv[2]) << 10)
thread = threading.Thread(target=run)
thread.start()
thread.join()
"""


@pytest.mark.parametrize(
    ("size", "error"), [(256, "ReentranceError"), (512, "ReentranceError"), (768, "ReentranceError"), (1024, "Trap")]
)
def test_small_stack(size: int, error: str) -> None:
    """A guest that recurses without end is not run on a thread whose stack is too small for it."""
    command = [sys.executable, "-c", RECURSION, str(HERE / "recursion.wat"), str(size)]
    ended = subprocess.run(command, check=True, capture_output=True, text=True)
    said, _, message = ended.stdout.partition(" ")
    assert said == error
    assert ("call stack exhausted" if error == "Trap" else "threading.stack_size") in message
