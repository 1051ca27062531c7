"""The names that an expression may use."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

CONSTANTS = {"pi": math.pi, "e": math.e}


@dataclass(frozen=True)
class Function:
    """A function and the number of arguments that it takes."""

    takes: int
    apply: Callable[..., float]

    def __call__(self, arguments: Sequence[float]) -> float:
        """Return the function's value.

        Raises:
            ValueError: The function has no value there.
            OverflowError: The value is too large.
        """
        return self.apply(*arguments)


def round_half_away(value: float) -> float:
    """Return the nearest integer, of two the one further from zero; `round` would take the even one."""
    fraction, whole = math.modf(abs(value))
    return math.copysign(whole + (fraction >= 0.5), value)  # noqa: PLR2004 - a half is a half


FUNCTIONS = {
    "sqrt": Function(1, math.sqrt),
    "abs": Function(1, abs),
    "sin": Function(1, math.sin),
    "cos": Function(1, math.cos),
    "tan": Function(1, math.tan),
    "ln": Function(1, math.log),
    "log10": Function(1, math.log10),
    "exp": Function(1, math.exp),
    "floor": Function(1, lambda value: float(math.floor(value))),
    "ceil": Function(1, lambda value: float(math.ceil(value))),
    "round": Function(1, round_half_away),
    "min": Function(2, min),
    "max": Function(2, max),
}
