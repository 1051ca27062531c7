"""Parameters and results together: many of them, by position and name, and those that travel in memory."""

from __future__ import annotations

from typing import Any

import pytest
from componium import OutOfRange, TypeMismatch
from hypothesis import given
from hypothesis import strategies as st

from host.tests.echo.component import ENCODINGS, Encoding
from host.tests.echo.echoes import Echoes
from host.tests.echo.sameness import same
from host.tests.echo.value_strategies import primitive_values
from host.tests.echo.wit_types import PRIMITIVES, Primitive

U8, U64, STRING = Primitive("u8"), Primitive("u64"), Primitive("string")


@pytest.mark.parametrize("count", [1, 2, 15, 16, 17, 18, 40])
def test_number_of_core_values(count: int) -> None:
    """Up to 16 core values travel as such, more of them in memory; each arrives in its place."""
    values = tuple(range(count)) if count > 1 else (0,)
    assert Echoes(*[U64] * count).crosses(*values) == (values if count > 1 else 0)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_strings_in_memory(encoding: Encoding) -> None:
    """Strings and a number between them, in memory, in all encodings."""
    values = ("1", "é", "日", "😀", "", "6", "7", "8", 9, "10")
    types = [U8 if isinstance(value, int) else STRING for value in values]
    assert Echoes(*types, encoding=encoding).crosses(*values) == values


@given(data=st.data(), keywords=st.lists(st.sampled_from(sorted(PRIMITIVES)), min_size=2, max_size=20))
def test_mixed(data: st.DataObject, keywords: list[str]) -> None:
    """Any types beside each other arrive each in its place, padding between them."""
    values = data.draw(st.tuples(*map(primitive_values, keywords)))
    assert same(values, Echoes(*map(Primitive, keywords)).crosses(*values))


@pytest.mark.parametrize("count", [16, 17])
def test_wrong_one_of_many(count: int) -> None:
    """The wrong one is named, wherever the others travel."""
    echoes = Echoes(*[U8] * count)
    with pytest.raises(OutOfRange, match=r"^echoes\.relay-value\(\): a15: expected u8 \(0 to 255\), got 256$"):
        echoes.relay(*[0] * 15, *[256] * (count - 15))
    good = (0,) * count
    assert echoes.crosses(*good) == good


def test_wrong_number_of_results() -> None:
    """A host function that returns too few of many is told so."""
    echoes = Echoes(U8, U8)
    echoes.answer = [(1,)]
    with pytest.raises(OutOfRange, match=r"^echoes\.relay-value\(\): result: expected 2 elements, got 1"):
        echoes.relay(1, 2)


def test_keywords() -> None:
    """Parameters are given by position, by name, or both."""
    relay = Echoes(U8, STRING).exports.relay_value
    assert relay(1, "a") == relay(1, a1="a") == relay(a1="a", a0=1) == (1, "a")


@pytest.mark.parametrize(
    ("arguments", "keywords", "message"),
    [
        ((), {}, "misses the argument `a0`"),
        ((1,), {}, "misses the argument `a1`"),
        ((1, "a", 2), {}, "takes 2 arguments, got 3"),
        ((1, "a"), {"a1": "b"}, "got unknown or repeated arguments: a1"),
        ((1, "a"), {"b": 1}, "got unknown or repeated arguments: b"),
    ],
)
def test_wrong_number(arguments: tuple[Any, ...], keywords: dict[str, Any], message: str) -> None:
    """Too few, too many and unknown arguments are Python's TypeError, with the signature."""
    relay = Echoes(U8, STRING).exports.relay_value
    with pytest.raises(TypeError) as caught:
        relay(*arguments, **keywords)
    signature = "relay-value: func(a0: u8, a1: string) -> tuple<u8, string>"
    assert str(caught.value) == f"relay_value() {message} ({signature})"


def test_first_of_several_wrong() -> None:
    """Of several wrong values the first is told."""
    with pytest.raises(TypeMismatch, match="a0: expected int"):
        Echoes(U8, U8).keep("x", "y")
