"""Results that would take more memory or time than a guest may cost: stopped by a limit of the host's own."""

from __future__ import annotations

import re

import componium
import pytest
from componium import Trap

from .attack import load

PAIR = (1024).to_bytes(4, "little")


def instance(type_: str, length: int, element: bytes) -> componium.Instance:
    """Make a guest that returns a list.

    Args:
        type_: The list's type.
        length: How many elements it has.
        element: The bytes of each.
    """
    end = 65536 + length * len(element)
    times = max(1, min(length, 65536 // len(element)))
    escaped = "".join(f"\\{byte:02x}" for byte in element * times)
    component = load(
        "amplify",
        type=type_,
        flags=" ".join(f'"{"f" * 1000}{index}"' for index in range(32)),
        pages=str(end // 65536 + 2),
        size=str(len(element) * times),
        end=str(end),
        elements=escaped,
        length="".join(f"\\{byte:02x}" for byte in length.to_bytes(4, "little")),
    )
    return component.instantiate()


AMPLIFIERS = {
    "strings that are the same bytes": ("(list string)", 20_000, PAIR + (60_000).to_bytes(4, "little")),
    "lists that are the same bytes": ("(list (list u8))", 20_000, PAIR + (60_000).to_bytes(4, "little")),
    "lists of lists that are the same lists": (
        "(list (list (list u8)))",
        1_000_000,
        PAIR + (8_000).to_bytes(4, "little"),
    ),
    "a byte that becomes a bool": ("(list bool)", 100_000_000, b"\1"),
    "a byte that becomes a result": ("(list (result))", 100_000_000, b"\1"),
    "a byte in tuples": (f"(list {'(tuple ' * 50}u8{')' * 50})", 1_000_000, b"\1"),
    "an empty string": ("(list string)", 12_000_000, bytes(8)),
    "flags of long names": ("(list $access)", 10_000_000, b"\xff\xff\xff\xff"),
}


@pytest.mark.parametrize("name", AMPLIFIERS)
def test_amplification(name: str) -> None:
    """A result that would take far more memory than the guest has is refused while it is read."""
    guest = instance(*AMPLIFIERS[name])
    with pytest.raises(
        Trap, match=re.escape("the guest broke the canonical ABI: it returned more than 512 MiB at once")
    ):
        guest.run()
    assert not guest.running


LARGE = {
    "64 MiB of bytes": ("(list u8)", 64 << 20, b"\1"),
    "8 million numbers": ("(list u32)", 8_000_000, b"\1\2\3\4"),
    "a million results": ("(list (result))", 1_000_000, b"\0"),
    "half a million flags": ("(list $access)", 500_000, b"\xff\xff\xff\xff"),
}


@pytest.mark.parametrize("name", LARGE)
def test_large(name: str) -> None:
    """What is large, but not out of proportion, arrives."""
    type_, length, element = LARGE[name]
    with instance(type_, length, element) as guest:
        assert len(guest.run()) == length
