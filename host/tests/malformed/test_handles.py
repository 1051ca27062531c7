"""Guests that do with handles of resources what must not be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from componium import Trap

from .attack import fails, load

if TYPE_CHECKING:
    from collections.abc import Callable

    import componium

COUNTER, OTHER = 1, 2
"""The handles that a new instance has."""
WRONG_TYPE = "used with the wrong type, expected guest-defined resource but found a different guest-defined resource"


def make() -> componium.Instance:
    """Make an instance that holds one handle of each of its resources."""
    instance = load("resource").instantiate()
    assert (instance["new-counter"](7), instance["new-other"](8)) == (COUNTER, OTHER)
    return instance


MISUSES: dict[str, tuple[Callable[[Any], object], str]] = {
    "drop twice": (lambda guest: (guest.drop_counter(COUNTER), guest.drop_counter(COUNTER)), "unknown handle index 1"),
    "use after drop": (
        lambda guest: (guest.drop_counter(COUNTER), guest.rep_counter(COUNTER)),
        "unknown handle index 1",
    ),
    "drop handle 0": (lambda guest: guest.drop_counter(0), "unknown handle index 0"),
    "use handle 2^31": (lambda guest: guest.rep_counter(1 << 31), "unknown handle index 2147483648"),
    "use handle 2^32-1": (lambda guest: guest.rep_counter((1 << 32) - 1), "unknown handle index 4294967295"),
    "use a handle of another type": (lambda guest: guest.rep_counter(OTHER), f"handle index 2 {WRONG_TYPE}"),
    "drop a handle of another type": (lambda guest: guest.drop_other(COUNTER), f"handle index 1 {WRONG_TYPE}"),
    "trap in the destructor": (
        lambda guest: guest.drop_other(OTHER),
        "wasm trap: wasm `unreachable` instruction executed",
    ),
    "make handles without end": (
        lambda guest: [guest.new_counter(0) for _ in range(100_001)],
        "cannot allocate another handle: store handle limit exceeded",
    ),
}


@pytest.mark.parametrize("name", MISUSES)
def test_misuse(name: str) -> None:
    """A handle that is none, any more or of this type, ends the call that uses it."""
    misuse, message = MISUSES[name]
    fails(make, misuse, Trap, message, times=10 if "end" in name else 1000)
