"""Hypothesis strategies for the other ways to write a value: whatever goes into a guest as that value."""

from __future__ import annotations

import array
from collections import UserDict, deque
from copy import copy
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from componium import Ok, Some
from componium._types import pascal_case
from hypothesis import strategies as st

from host.tests.echo.wit_types import (
    ListOf,
    Members,
    OptionOf,
    Primitive,
    Record,
    ResultOf,
    TupleOf,
    Variant,
    WitType,
    resolved,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

#: The code that module `array` has for each number type.
ARRAY_CODES = {"s8": "b", "u8": "B", "s16": "h", "u16": "H", "s32": "i", "u32": "I", "s64": "q", "u64": "Q"}
ARRAY_CODES |= {"f32": "f", "f64": "d"}


def spellings(ty: WitType, value: Any) -> SearchStrategy[Any]:
    """Strategy for what goes in as a value.

    Args:
        ty: The value's type.
        value: The value as it comes out.
    """
    ty = resolved(ty)
    return _SPELLINGS[type(ty)](ty, value)


def _formed(items: SearchStrategy[Any], *forms: Callable[[Any], Any]) -> SearchStrategy[Any]:
    """Strategy for what one of the forms makes of what is drawn."""
    return st.builds(lambda form, drawn: form(drawn), st.sampled_from(forms), items)


def _list(ty: ListOf, value: Any) -> SearchStrategy[Any]:
    """Spell a list as any sequence of spellings, or where it is one of numbers as a buffer."""
    written = _formed(st.tuples(*(spellings(ty.element, item) for item in value)), list, tuple, deque)
    element = resolved(ty.element)
    if isinstance(element, Primitive) and element.keyword in ARRAY_CODES:
        numbers = array.array(ARRAY_CODES[element.keyword], list(value))
        return written | _formed(st.just(numbers), copy, memoryview, lambda buffer: memoryview(buffer[::-1])[::-1])
    return written


def _tuple(ty: TupleOf, value: Any) -> SearchStrategy[Any]:
    return _formed(st.tuples(*map(spellings, ty.elements, value)), tuple, list)


def _option(ty: OptionOf, value: Any) -> SearchStrategy[Any]:
    if value is None:
        return st.none()
    if ty.nested:
        return spellings(ty.some, value.value).map(Some)
    some = spellings(ty.some, value)
    return some | some.map(Some)


def _result(ty: ResultOf, value: Any) -> SearchStrategy[Any]:
    payload = ty.ok if isinstance(value, Ok) else ty.err
    return spellings(payload, value.value).map(type(value)) if payload else st.just(value)


def _record(ty: Record, value: Any) -> SearchStrategy[Any]:
    """Spell a record as an instance, a mapping or another object with the fields."""
    fields = {name: spellings(part, getattr(value, name)) for name, part in zip(value.__slots__, ty.parts, strict=True)}
    drawn = st.fixed_dictionaries(fields)
    return _formed(
        drawn, dict, UserDict, lambda written: SimpleNamespace(**written), lambda written: type(value)(**written)
    )


def _variant(ty: Variant, value: Any) -> SearchStrategy[Any]:
    payload = {pascal_case(name): payload for name, payload in ty.cases}[type(value).__name__]
    return spellings(payload, value.value).map(type(value)) if payload else st.just(value)


def _members(ty: Members, value: Any) -> SearchStrategy[Any]:
    if ty.keyword == "enum":
        return st.sampled_from([value, str(value)])
    names = [name for bit, name in enumerate(ty.names) if value.value >> bit & 1]
    return st.just(value) | _formed(st.just(names), list, tuple, set, frozenset)


_SPELLINGS: dict[type[WitType], Callable[[Any, Any], SearchStrategy[Any]]] = {
    Primitive: lambda _, value: st.just(value),
    ListOf: _list,
    TupleOf: _tuple,
    OptionOf: _option,
    ResultOf: _result,
    Record: _record,
    Variant: _variant,
    Members: _members,
}
