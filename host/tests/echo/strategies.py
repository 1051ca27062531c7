"""Hypothesis strategies for WIT types, for the Python values of a type, and for the ways to write a value."""

from __future__ import annotations

import array
from typing import TYPE_CHECKING, Any

import componium._types as naming
from componium import Err, Ok, Some
from hypothesis import strategies as st

from host.tests.echo.names import unique_names
from host.tests.echo.wit_types import (
    PRIMITIVES,
    Alias,
    ListOf,
    Members,
    Named,
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
    from collections.abc import Mapping

    from hypothesis.strategies import DrawFn, SearchStrategy

#: The least and the greatest number of each integer type.
INTEGERS: dict[str, tuple[int, int]] = {
    **{f"s{size}": (-(2 ** (size - 1)), 2 ** (size - 1) - 1) for size in (8, 16, 32, 64)},
    **{f"u{size}": (0, 2**size - 1) for size in (8, 16, 32, 64)},
}
#: The code that module `array` has for the elements of a list.
ARRAY_CODES = {"s8": "b", "s16": "h", "u16": "H", "s32": "i", "u32": "I", "s64": "q", "u64": "Q", "f32": "f", "f64": "d"}
#: Most flags that one type may have; wasmparser refuses more.
MAX_FLAGS = 32

characters = st.characters(codec="utf-8")
#: Text that is one byte a character in Latin-1, and text that is not: guests encode them differently.
texts = st.text(characters, max_size=20) | st.text(st.characters(max_codepoint=0xFF), max_size=20)


@st.composite
def wit_types(draw: DrawFn, depth: int = 4, width: int = 5) -> WitType:
    """Strategy for types of every kind but resources, futures and streams.

    Args:
        draw: Given by Hypothesis.
        depth: How many types may lie in each other.
        width: How many fields, cases or elements a type may have.
    """
    taken = {"relayvalue"}  # functions and types of an interface share one namespace
    defined: list[Named] = []

    def name() -> str:
        return draw(unique_names(taken))

    def several(depth: int) -> tuple[WitType, ...]:
        return tuple(part(depth) for _ in range(draw(st.integers(1, width))))

    def optional(depth: int) -> WitType | None:
        return part(depth) if draw(st.booleans()) else None

    def labels(count: int) -> tuple[str, ...]:
        labelled: set[str] = set()
        drawn = [draw(unique_names(labelled)) for _ in range(min(count, width))]
        return (*drawn, *(f"plain{index}" for index in range(len(drawn), count)))

    def members() -> Members:
        keyword = draw(st.sampled_from(("enum", "flags")))
        return Members(name(), keyword, labels(draw(st.integers(1, MAX_FLAGS))))

    def variant(depth: int) -> Variant:
        cases = [optional(depth) for _ in range(draw(st.integers(1, width)))]
        return Variant(name(), tuple(zip(labels(len(cases)), cases, strict=True)))

    def record(depth: int) -> Record:
        fields = several(depth)
        return Record(name(), tuple(zip(labels(len(fields)), fields, strict=True)))

    compounds = {
        "list": lambda depth: ListOf(part(depth)),
        "option": lambda depth: OptionOf(part(depth)),
        "tuple": lambda depth: TupleOf(several(depth)),
        "result": lambda depth: ResultOf(optional(depth), optional(depth)),
        "alias": lambda depth: Alias(name(), part(depth)),
        "record": record,
        "variant": variant,
    }

    def part(depth: int) -> WitType:
        kinds = ["primitive", "members", *(compounds if depth else ()), *(["defined"] if defined else ())]
        kind = draw(st.sampled_from(kinds))
        if kind == "primitive":
            return Primitive(draw(st.sampled_from(list(PRIMITIVES))))
        if kind == "defined":
            return draw(st.sampled_from(defined))
        made = members() if kind == "members" else compounds[kind](depth - 1)
        if isinstance(made, Named):
            defined.append(made)
        return made

    return part(depth)


def values(ty: WitType, classes: Mapping[str, Any]) -> SearchStrategy[Any]:
    """Strategy for values of a type, as they come out of a guest.

    Args:
        ty: The type.
        classes: The classes of its named types by their Python names, such as `Interface.types`.
    """
    ty = resolved(ty)
    match ty:
        case Primitive():
            return primitive_values(ty.keyword)
        case ListOf() if resolved(ty.element) == Primitive("u8"):
            return st.binary(max_size=20)
        case ListOf():
            return st.lists(values(ty.element, classes), max_size=4)
        case TupleOf():
            return st.tuples(*(values(element, classes) for element in ty.elements))
        case OptionOf():
            some = values(ty.some, classes)
            return st.none() | (some.map(Some) if ty.nested else some)
        case ResultOf():
            payloads = (values(part, classes) if part else st.none() for part in (ty.ok, ty.err))
            return st.one_of(*(payload.map(case) for case, payload in zip((Ok, Err), payloads, strict=True)))
        case Record():
            made = classes[naming.pascal_case(ty.name)]
            return st.builds(made, *(values(part, classes) for part in ty.parts))
        case Variant():
            return st.one_of([case_values(ty, index, classes) for index in range(len(ty.cases))])
        case Members():
            made = classes[naming.pascal_case(ty.name)]
            return st.sampled_from(list(made)) if ty.keyword == "enum" else st.integers(0, (1 << len(ty.names)) - 1).map(made)
        case _:
            raise TypeError(f"no values of {ty}")


def primitive_values(keyword: str) -> SearchStrategy[Any]:
    """Strategy for values of a type without parts."""
    if keyword in INTEGERS:
        return st.integers(*INTEGERS[keyword])
    others: dict[str, SearchStrategy[Any]] = {
        "bool": st.booleans(),
        "f32": st.floats(width=32),
        "f64": st.floats(),
        "char": characters,
        "string": texts,
    }
    return others[keyword]


def case_values(ty: Variant, index: int, classes: Mapping[str, Any]) -> SearchStrategy[Any]:
    """Strategy for values of one case of a variant."""
    name, payload = ty.cases[index]
    case = getattr(classes[naming.pascal_case(ty.name)], naming.pascal_case(name))
    return values(payload, classes).map(case) if payload else st.builds(case)
