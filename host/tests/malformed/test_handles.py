"""Guests that do with handles of resources what must not be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from componium import Trap

from .attack import fails, leaks_nothing, load

if TYPE_CHECKING:
    from collections.abc import Callable

    import componium

COUNTER, OTHER = 1, 2
"""The handles that a new instance has."""
BROKE = "the guest broke the canonical ABI: "
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
    "return handle 0": (lambda guest: guest.counters.give(0), f"{BROKE}unknown handle index 0"),
    "return handle 2^31": (lambda guest: guest.counters.give(1 << 31), f"{BROKE}unknown handle index 2147483648"),
    "return a handle of another type": (
        lambda guest: guest.counters.give(OTHER),
        f"{BROKE}handle index 2 {WRONG_TYPE}",
    ),
    "return what was dropped": (
        lambda guest: (guest.drop_counter(COUNTER), guest.counters.give(COUNTER)),
        f"{BROKE}unknown handle index 1",
    ),
    "return a handle twice": (
        lambda guest: (guest.counters.give(COUNTER), guest.counters.give(COUNTER)),
        f"{BROKE}unknown handle index 1",
    ),
    "use what was returned": (
        lambda guest: (guest.counters.give(COUNTER), guest.rep_counter(COUNTER)),
        "unknown handle index 1",
    ),
    "trap when the host drops": (
        lambda guest: guest.counters.give_other(OTHER).drop(),
        "counters.other.drop(): wasm trap: wasm `unreachable` instruction executed",
    ),
    "return lists without end that hold no handle": (
        lambda guest: guest.counters.many(),
        f"{BROKE}it returned lists of more than 4194304 elements that may hold handles",
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
    fails(make, misuse, Trap, message, times=5 if "without end" in name else 1000)


class File:
    """A resource of the host."""


class Journal:
    """Another."""


HOST = {
    "File": File,
    "Journal": Journal,
    "open": File,
    "start": Journal,
    "take": lambda file: None,  # noqa: ARG005  # the guest's to give
    "look": lambda file: None,  # noqa: ARG005  # as above
}

LENT = 1
"""The first handle of the host's resources that a guest gets."""

BETRAYALS: dict[str, tuple[Callable[[Any], object], str]] = {
    "give handle 0": (lambda guest: guest.take(0), f"{BROKE}unknown handle index 0"),
    "lend a handle that is none": (lambda guest: guest.look(7), f"{BROKE}unknown handle index 7"),
    "give twice": (lambda guest: (guest.open(), guest.take(LENT), guest.take(LENT)), f"{BROKE}unknown handle index 1"),
    "lend what was given": (
        lambda guest: (guest.open(), guest.take(LENT), guest.look(LENT)),
        f"{BROKE}unknown handle index 1",
    ),
    "lend what was dropped": (
        lambda guest: (guest.open(), guest.drop_file(LENT), guest.look(LENT)),
        f"{BROKE}unknown handle index 1",
    ),
    "drop twice": (
        lambda guest: (guest.open(), guest.drop_file(LENT), guest.drop_file(LENT)),
        "unknown handle index 1",
    ),
    "give a handle of another type": (
        lambda guest: (guest.start(), guest.take(LENT)),
        f"{BROKE}handle index 1 {WRONG_TYPE}",
    ),
    "lend a handle of another type": (
        lambda guest: (guest.start(), guest.look(LENT)),
        f"{BROKE}handle index 1 {WRONG_TYPE}",
    ),
    "drop a handle of another type": (
        lambda guest: (guest.start(), guest.drop_file(LENT)),
        f"handle index 1 {WRONG_TYPE}",
    ),
    "keep what was lent": (
        lambda guest: guest.keep_borrowed(File()),
        "borrow handles still remain at the end of the call",
    ),
    "give what was lent": (
        lambda guest: guest.give_away_borrowed(File()),
        f"{BROKE}cannot lift own resource from a borrow",
    ),
}


@pytest.mark.parametrize("name", BETRAYALS)
def test_betrayal(name: str) -> None:
    """A guest cannot use a resource of the host but as the host passed it; objects are let go when it tries."""
    betrayal, message = BETRAYALS[name]
    fails(lambda: load("borrowed").instantiate({"host": HOST}), betrayal, Trap, message)


def test_sound_use() -> None:
    """A guest that uses and returns what is lent to it goes on, and nothing is kept."""
    with load("borrowed").instantiate({"host": HOST}) as guest:

        def use() -> None:
            handle = guest.open()
            guest.look(handle)
            guest.take(handle)
            guest.return_borrowed(File())

        leaks_nothing(use)
