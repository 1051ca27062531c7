"""`option<T>`: None or the value; where options lie in each other, `Some` tells the levels apart."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from componium import Err, Ok, Some, TypeMismatch

from host.tests.echo.echoes import Echoes
from host.tests.echo.wit_types import Alias, ListOf, OptionOf, Primitive, Record, ResultOf, TupleOf, WitType
from host.tests.values.refusal import assert_refused

U32, U64, STRING = Primitive("u32"), Primitive("u64"), Primitive("string")
TWICE = OptionOf(OptionOf(STRING))


@pytest.mark.parametrize(
    ("ty", "value"),
    [(U32, 0), (U64, 2**64 - 1), (STRING, ""), (Primitive("bool"), False), (ListOf(U32), []), (Primitive("f32"), -0.0)],
    ids=lambda case: getattr(case, "wit", None),
)
def test_none_and_some(ty: WitType, value: Any) -> None:
    """None and a value come back, also one that is false."""
    echoes = Echoes(OptionOf(ty))
    assert echoes.crosses(None) is None
    assert repr(echoes.crosses(value)) == repr(value)
    assert repr(echoes.keep(Some(value))) == repr(value)


def test_nested() -> None:
    """Every level of nested options is told apart."""
    values: tuple[Any, ...] = (None, Some(None), Some("text"))
    for value in values:
        assert Echoes(TWICE).crosses(value) == value
    thrice = Echoes(OptionOf(TWICE))
    deeper: list[Any] = [None, *map(Some, values)]
    assert [thrice.crosses(value) for value in deeper] == deeper


def test_nested_by_name() -> None:
    """An option of a named type that is an option is nested too."""
    echoes = Echoes(OptionOf(Alias("maybe", OptionOf(U32))))
    for value in (None, Some(None), Some(7)):
        assert echoes.crosses(value) == value


def test_not_nested() -> None:
    """An option in another type in an option needs no `Some`."""
    echoes = Echoes(OptionOf(ListOf(OptionOf(U32))))
    for value in (None, [], [None, 1]):
        assert echoes.crosses(value) == value
    results = Echoes(OptionOf(ResultOf(OptionOf(U32))))
    values: list[Any] = [None, Ok(None), Ok(1), Err()]
    assert [results.crosses(value) for value in values] == values


def test_fields() -> None:
    """In a record and a tuple an option takes room for its value, present or not."""
    record = Record("both", (("a", OptionOf(U64)), ("b", OptionOf(Primitive("u8")))))
    echoes = Echoes(TupleOf((record, Primitive("u8"))))
    made = echoes.exports.Both
    for value in (made(None, None), made(1, None), made(None, 2), made(1, 2)):
        assert echoes.crosses((value, 255)) == (value, 255)


def test_wrong() -> None:
    """A value that is neither None nor of the type is refused as that type refuses it."""
    assert_refused(OptionOf(U32), "1", TypeMismatch, ": expected int (u32), got str '1'", good=None)
    assert_refused(OptionOf(U32), Some(None), TypeMismatch, ": expected int (u32), got None", good=None)


@pytest.mark.parametrize(("value", "shown"), [("text", "str 'text'"), ("", "str ''"), (1, "int")], ids=repr)
def test_ambiguous(value: object, shown: str) -> None:
    """Where options are nested, a plain value is refused with the remedy."""
    message = f": expected None or componium.Some, as the options are nested, got {shown}"
    assert_refused(TWICE, value, TypeMismatch, message, good=None)


def test_some_of_the_wrong_thing() -> None:
    """`Some` is looked into."""
    assert_refused(TWICE, Some(1), TypeMismatch, ": expected str, got int", good=None)
    assert_refused(TWICE, Some(Some(Some("x"))), TypeMismatch, ": expected str, got Some", good=None)


def test_released() -> None:
    """What was given is released."""
    text = str(b"not interned", "ascii")
    before = sys.getrefcount(text)
    for _ in range(10):
        Echoes(TWICE).crosses(Some(text))
    assert sys.getrefcount(text) == before
