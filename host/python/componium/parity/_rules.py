"""How equal two plugins have to be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from componium._calls.values import FLOATS

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Rules:
    """What may differ between two calls of a function."""

    tolerance: Mapping[str, float] = field(default_factory=dict, hash=False)
    """By type, `f32` or `f64`: how far numbers may lie apart, relative to the greater one, and absolutely near zero.
    Without it they must be the same to the bit, the sign of zero included."""
    nondeterministic: bool = False
    """Whether values may differ: only whether the call returns, fails or traps is compared, and which functions of the
    application it calls, in which order."""

    def __post_init__(self) -> None:
        """Refuse what is no tolerance.

        Raises:
            ValueError: A type is not `f32` or `f64`, or its tolerance is no number of 0 or more.
        """
        given: Mapping[str, object] = self.tolerance  # from files too
        for name, tolerance in given.items():
            if name not in FLOATS:
                raise ValueError(f"tolerance: there is f32 and f64, not {name!r}")
            if isinstance(tolerance, bool) or not isinstance(tolerance, int | float) or not tolerance >= 0:
                raise ValueError(f"tolerance: {name} takes a number of 0 or more, got {tolerance!r}")


EXACT = Rules()
