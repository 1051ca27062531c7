"""When two values are the same: not only equal, but of the same class, and floats bit by bit."""

from __future__ import annotations

import dataclasses
import math
import struct
from typing import Any


def bits(number: float) -> int:
    """Return the 64 bits of a float."""
    return int.from_bytes(struct.pack("<d", number), "little")


#: The bits of the one NaN that comes out of a guest: `CANONICAL_FLOAT64_NAN` of `CanonicalABI.md`.
CANONICAL_NAN = 0x7FF8_0000_0000_0000


def same(given: Any, result: Any) -> bool:
    """Tell whether `result` is what a guest that echoes must make of `given`.

    Args:
        given: A value of the class that comes out of guests.
        result: A value that came out.

    Returns:
        Whether class and content are equal, the sign of zeros included; any NaN must have become the canonical one.
    """
    if type(given) is not type(result):
        return False
    if isinstance(given, float):
        return bits(result) == (CANONICAL_NAN if math.isnan(given) else bits(given))
    if isinstance(given, list | tuple):
        return len(given) == len(result) and all(map(same, given, result))
    if dataclasses.is_dataclass(given):
        names = [field.name for field in dataclasses.fields(given)]
        return all(same(getattr(given, name), getattr(result, name)) for name in names)
    return bool(given == result)
