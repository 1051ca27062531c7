"""Hypothesis strategies for the Python values of a WIT type, as they come out of a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from componium import Err, Ok, Some
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
    from collections.abc import Callable, Mapping

    from hypothesis.strategies import SearchStrategy

#: The least and the greatest number of each integer type.
INTEGERS: dict[str, tuple[int, int]] = {
    **{f"s{size}": (-(2 ** (size - 1)), 2 ** (size - 1) - 1) for size in (8, 16, 32, 64)},
    **{f"u{size}": (0, 2**size - 1) for size in (8, 16, 32, 64)},
}

characters = st.characters(codec="utf-8")
#: Any text, and such that is one byte a character in Latin-1: guests encode them differently.
texts = st.text(characters, max_size=20) | st.text(st.characters(max_codepoint=0xFF), max_size=20)

_PRIMITIVES: dict[str, SearchStrategy[Any]] = {
    **{name: st.integers(*limits) for name, limits in INTEGERS.items()},
    "bool": st.booleans(),
    "f32": st.floats(width=32),
    "f64": st.floats(),
    "char": characters,
    "string": texts,
}


def values(ty: WitType, classes: Mapping[str, Any]) -> SearchStrategy[Any]:
    """Strategy for values of a type.

    Args:
        ty: The type.
        classes: The classes of its named types by their Python names, as attributes of exports have them.
    """
    ty = resolved(ty)
    return _VALUES[type(ty)](ty, classes)


def primitive_values(keyword: str) -> SearchStrategy[Any]:
    """Strategy for values of a type without parts."""
    return _PRIMITIVES[keyword]


def _list(ty: ListOf, classes: Mapping[str, Any]) -> SearchStrategy[Any]:
    if resolved(ty.element) == Primitive("u8"):
        return st.binary(max_size=20)
    return st.lists(values(ty.element, classes), max_size=4)


def _tuple(ty: TupleOf, classes: Mapping[str, Any]) -> SearchStrategy[Any]:
    return st.tuples(*(values(element, classes) for element in ty.elements))


def _option(ty: OptionOf, classes: Mapping[str, Any]) -> SearchStrategy[Any]:
    some = values(ty.some, classes)
    return st.none() | (some.map(Some) if ty.nested else some)


def _result(ty: ResultOf, classes: Mapping[str, Any]) -> SearchStrategy[Any]:
    ok = values(ty.ok, classes) if ty.ok else st.none()
    err = values(ty.err, classes) if ty.err else st.none()
    return ok.map(Ok) | err.map(Err)


def _record(ty: Record, classes: Mapping[str, Any]) -> SearchStrategy[Any]:
    return st.builds(classes[pascal_case(ty.name)], *(values(part, classes) for part in ty.parts))


def _variant(ty: Variant, classes: Mapping[str, Any]) -> SearchStrategy[Any]:
    base = classes[pascal_case(ty.name)]
    cases = [(getattr(base, pascal_case(name)), payload) for name, payload in ty.cases]
    return st.one_of([values(payload, classes).map(case) if payload else st.builds(case) for case, payload in cases])


def _members(ty: Members, classes: Mapping[str, Any]) -> SearchStrategy[Any]:
    made = classes[pascal_case(ty.name)]
    if ty.keyword == "enum":
        return st.sampled_from(list(made))
    return st.integers(0, (1 << len(ty.names)) - 1).map(made)


_VALUES: dict[type[WitType], Callable[[Any, Mapping[str, Any]], SearchStrategy[Any]]] = {
    Primitive: lambda ty, _: primitive_values(ty.keyword),
    ListOf: _list,
    TupleOf: _tuple,
    OptionOf: _option,
    ResultOf: _result,
    Record: _record,
    Variant: _variant,
    Members: _members,
}
