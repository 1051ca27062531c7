"""Random expressions and random texts for calc."""

import sys

from hypothesis import strategies as st

NUMBERS = st.one_of(
    st.integers(0, 10**20).map(str),
    st.floats(0, allow_nan=False, allow_infinity=False).map(repr),
    st.from_regex(r"\A([0-9]{1,20}\.?|[0-9]{0,9}\.[0-9]{1,20})([eE][+-]?[0-9]{1,3})?\Z"),
    st.sampled_from(["pi", "e", "0", "1", "2", "0.5"]),
)
SPACES = st.sampled_from(["", "", "", " ", "\t", "\r\n"])

EXACT = ("sqrt", "abs", "floor", "ceil", "round")
"""Functions whose value is the nearest double in every language."""

LIBRARY = ("sin", "cos", "tan", "ln", "log10", "exp")
"""Functions whose last bit depends on the language's C library."""


def _extend(operands: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return expressions one level deeper than their operands."""
    return st.one_of(
        st.tuples(operands, SPACES, st.sampled_from("+-*/"), SPACES, operands).map("".join),
        st.tuples(st.sampled_from("+-"), operands).map("".join),
        st.tuples(st.sampled_from(["", *EXACT]), SPACES, operands).map(lambda parts: "{}{}({})".format(*parts)),
        st.tuples(st.sampled_from(["min", "max"]), operands, operands).map(lambda parts: "{}({},{})".format(*parts)),
    )


EXPRESSIONS = st.recursive(NUMBERS, _extend, max_leaves=30)
"""Expressions of exact operations; many have a value, some divide by zero or overflow."""


def _is_normal(number: str) -> bool:
    """Say whether a number is none of those so small that they lose digits.

    Of these, the C library of zig 0.17 takes `log10` wrongly from the 9th digit on: it says -309.99999996 of 1e-310.
    """
    return number in {"pi", "e"} or not 0 < float(number) < sys.float_info.min


CALLS = st.one_of(
    st.tuples(st.sampled_from(LIBRARY), st.sampled_from(["", "-"]), NUMBERS.filter(_is_normal)).map(
        lambda parts: "{}({}{})".format(*parts)
    ),
    st.tuples(NUMBERS, st.sampled_from(["^", "^-"]), NUMBERS).map("".join),
)
"""One operation each of those whose last bit depends on the language's C library."""

GARBAGE = st.one_of(
    st.text(),
    st.text("0123456789.eE+-*/^(), \tpisqrtabcoxnmdfulg'%é😀", max_size=40),
    st.lists(st.sampled_from([*"0123456789.()+-*/^, eE", "sqrt", "min(", "max(", "pi", "foo", "1e5"])).map("".join),
)
"""Texts that are hardly ever expressions, and fail in as many ways as there are."""
