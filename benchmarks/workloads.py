"""The workloads: a function of `wit/bench`, its arguments and the answer that every backend must give."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

BYTES = bytes(range(1, 256)) * 257 + b"*"  # the first and the last differ, and neither is 0
TEXT = "2026-11-23 17:20:16.004 INFO  gateway: 200 GET /index in 4.2 ms\n" * 1024
MESSAGES = ("connected", "request served", "page not found", "closed by peer")
ROWS = [(number, MESSAGES[number % len(MESSAGES)]) for number in range(1000)]
EXPRESSION = "(1.5 + 2.25) * 3 - 4 / (0.5 + 2 ^ 3) + -(7.125 - 6) * 2 ^ 2 ^ 2"
EXPRESSION_VALUE = (1.5 + 2.25) * 3 - 4 / (0.5 + 2**3) + -(7.125 - 6) * 2**2**2
REPETITIONS = 16
LONG_EXPRESSION = " + ".join([EXPRESSION] * REPETITIONS)


@dataclass(frozen=True)
class Workload:
    """One thing to time.

    Attributes:
        name: How the command line and the results call it.
        title: What a table's row says.
        meaning: What is done, and what its time therefore shows.
        function: The function of the WIT interface `workloads`.
        arguments: What the function is called with.
        expected: The right answer.
        agrees: Says whether an answer is the right one.
    """

    name: str
    title: str
    meaning: str = field(repr=False)
    function: str
    arguments: tuple[Any, ...] = field(repr=False)
    expected: object = field(repr=False)
    agrees: Callable[[Any, Any], bool] = field(default=lambda answer, expected: bool(answer == expected), repr=False)

    def check(self, answer: object, backend: str) -> None:
        """Check the answer of a backend.

        Args:
            answer: What the backend returned; records as pairs of id and message.
            backend: The backend's name, for the error.

        Raises:
            AssertionError: The answer is wrong.
        """
        assert self.agrees(answer, self.expected), (
            f"{backend} answers {self.name} with {shorten(answer)} instead of {shorten(self.expected)}"
        )


def shorten(value: object) -> str:
    """Return the beginning of a value's representation, short enough for an error message."""
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:80]}..."


def nearly_equal(answer: float, expected: float) -> bool:
    """Compare numbers with room for the last bits, in which `pow` differs from one C library to the next."""
    return math.isclose(answer, expected, rel_tol=1e-12)


WORKLOADS = (
    Workload(
        "add",
        "call overhead",
        "Adds two numbers: what takes time is the way there and back.",
        "add",
        (2**32 - 1, 43),
        42,
    ),
    Workload(
        "receive",
        "64 KiB of bytes in",
        "Looks at the first and the last of the bytes: what takes time is to hand them over.",
        "receive",
        (BYTES,),
        len(BYTES) + BYTES[0] + BYTES[-1],
    ),
    Workload(
        "sum",
        "work on 64 KiB of bytes",
        "Adds up all bytes in the loop that one would write first: what takes time is the loop, as compiled.",
        "sum",
        (BYTES,),
        sum(BYTES),
    ),
    Workload(
        "echo",
        "64 KiB of text, round trip",
        "Returns the text: what takes time is to encode, hand over and decode it.",
        "echo",
        (TEXT,),
        TEXT,
    ),
    Workload(
        "rows",
        "1,000 records out",
        "Makes records of a number and a short text: what takes time is to make Python objects of them.",
        "rows",
        (len(ROWS),),
        ROWS,
    ),
    Workload(
        "evaluate",
        f"expression of {len(EXPRESSION)} characters",
        "Computes an arithmetic expression by recursive descent: a call with little data and some work.",
        "evaluate",
        (EXPRESSION,),
        EXPRESSION_VALUE,
        nearly_equal,
    ),
    Workload(
        "evaluate-long",
        f"expression of {len(LONG_EXPRESSION):,} characters",
        f"The same {REPETITIONS} times in one expression: work outweighs the call.",
        "evaluate",
        (LONG_EXPRESSION,),
        EXPRESSION_VALUE * REPETITIONS,
        nearly_equal,
    ),
)
