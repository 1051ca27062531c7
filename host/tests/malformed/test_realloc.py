"""Guests that lie about where they have room for what the host passes to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from componium import DeadlineExceeded, MemoryExceeded, Trap

from .attack import fails, leaks_nothing, load

if TYPE_CHECKING:
    from collections.abc import Callable

    import componium

USES: dict[str, Callable[[Any], object]] = {
    "list": lambda instance: instance.take([1, 2, 3]),
    "text": lambda instance: instance.take_text("longer text"),
    "parameters": lambda instance: instance.take_many(range(9), range(8)),
    "reply": lambda instance: instance.fetch(1024),
}
"""What makes the host allocate."""

LIES = {
    "end": (Trap, "realloc return: beyond end of memory"),
    "straddling": (Trap, "realloc return: beyond end of memory"),
    "wrapping": (Trap, "realloc return: beyond end of memory"),
    "unaligned": (Trap, "realloc return: result not aligned"),
    "trapping": (Trap, "wasm trap: wasm `unreachable` instruction executed"),
    "recursing": (Trap, "call stack exhausted"),
    "calling": (Trap, "cannot leave component instance"),
    "looping": (DeadlineExceeded, "was ended after its deadline of 0.05 s"),
    "growing": (MemoryExceeded, "the limit is 33554432"),
}


def make(realloc: str) -> componium.Instance:
    """Make an instance of the guest that allocates in the way named."""
    component = load("realloc", realloc=realloc)
    imports = {"supply": lambda: [1, 2, 3], "anything": lambda: None}
    return component.instantiate(imports, deadline=0.05 if realloc == "looping" else 10, memory=32 << 20)


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("realloc", LIES)
def test_lies(realloc: str, use: str) -> None:
    """Where a guest says that it has room is checked before anything is written; one that does not answer ends."""
    error, message = LIES[realloc]
    fails(lambda: make(realloc), USES[use], error, message, times=10 if realloc == "looping" else 1000)


@pytest.mark.parametrize("use", USES)
def test_address_zero(use: str) -> None:
    """A guest may have everything written over its first bytes; it harms only itself."""
    with make("zero") as instance:
        leaks_nothing(lambda: USES[use](instance))


ADDRESSES = {
    "one past the end": (65532, "pointer out of bounds"),
    "at the end": (65536, "pointer out of bounds"),
    "wrapping": (2**32 - 4, "pointer out of bounds"),
    "unaligned": (1026, "pointer not aligned"),
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_address_of_a_reply(name: str) -> None:
    """The address at which a guest wants a host function's result is checked."""
    address, message = ADDRESSES[name]
    fails(
        lambda: make("zero"),
        lambda instance: instance.fetch(address),
        Trap,
        f"realloc: fetch(): the guest failed: {message}",
    )
