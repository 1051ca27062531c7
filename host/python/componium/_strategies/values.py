"""Strategies for the Python values of WIT types."""

from __future__ import annotations

import array
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from componium._bindgen import model
from componium._calls.classes import case_classes_of, class_of
from componium._calls.values import FLOATS, INTEGERS, U8
from componium._errors import UnsupportedType
from componium._types import Err, Ok, Some

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hypothesis.strategies import SearchStrategy

AWKWARD = (
    "\0",
    " ",
    "\r\n",
    "%s%n",
    "../..",
    "0",
    "-1",
    "null",
    "\x7f",
    "\x85",
    "\u00e9",
    "e\u0301",
    "\u00df",
    "\u0130",
    "\u2028",
    "\u202e\u05d0",
    "\ufeff",
    "\ufffd",
    "\uffff",
    "\U0001f600",
    "\U0001f469\u200d\U0001f680",
    "\U0010ffff",
    "a" * 300,
)
"""Text that programs get wrong: what ends, breaks or joins lines and strings, changes its length, or is long."""

characters = st.characters(codec="utf-8")
texts = (
    st.text(characters)
    | st.text(st.characters(max_codepoint=0xFF))
    | st.lists(st.sampled_from(AWKWARD) | st.text(characters, max_size=3), max_size=3).map("".join)
)

PRIMITIVES: dict[str, SearchStrategy[Any]] = {
    **{name: st.integers(*limits) for name, limits in INTEGERS.items()},
    "bool": st.booleans(),
    "f32": st.floats(width=32),
    "f64": st.floats(),
    "char": characters,
    "string": texts,
}


class ValueStrategies:
    """Makes strategies for values of a world's types, as they come out of guests."""

    def __init__(self, world: model.World, *, arrays: bool = False) -> None:
        """Make values of the types of `world`; with `arrays`, lists of numbers are arrays."""
        self._world = world
        self._arrays = arrays

    def make(self, type_: model.Type | None) -> SearchStrategy[Any]:  # noqa: PLR0911  # one for each kind
        """Make the strategy of a type.

        Raises:
            UnsupportedType: The type has handles, or cannot cross between guests and Python.
        """
        match type_:
            case None:
                return st.none()
            case model.Primitive(name):
                return PRIMITIVES[name]
            case model.ListOf(element):
                return self._list(element)
            case model.TupleOf(elements):
                return self.make_all(elements)
            case model.OptionOf(some):
                inner = self.make(some)
                nested = isinstance(self._world.bare(some), model.OptionOf)
                return st.none() | (inner.map(Some) if nested else inner)
            case model.ResultOf(ok, err):
                return self.make(ok).map(Ok) | self.make(err).map(Err)
            case model.Reference(index):
                return self._definition(self._world.resolve(index))
            case model.HandleTo(resource):
                return self._handle(self._world.resolve(resource))
            case model.Unsupported(name):
                raise UnsupportedType(f"values of the type `{name}` cannot cross between guests and Python yet")

    def make_all(self, types: Iterable[model.Type | None]) -> SearchStrategy[tuple[Any, ...]]:
        """Make the strategy of a tuple with a value of each type."""
        return st.tuples(*map(self.make, types))

    def _handle(self, resource: model.Definition) -> SearchStrategy[Any]:
        raise UnsupportedType(
            f"handles of the resource `{resource.name}` come out of an instance only: use `componium.strategies.calls`"
        )

    def _list(self, element: model.Type) -> SearchStrategy[Any]:
        bare = self._world.bare(element)
        if bare == U8:
            return st.binary()
        inner = st.lists(self.make(element))
        code = _array_code(bare) if self._arrays and isinstance(bare, model.Primitive) else None
        return inner if code is None else inner.map(lambda numbers: array.array(code, numbers))

    def _definition(self, definition: model.Definition) -> SearchStrategy[Any]:
        kind = definition.kind
        match kind:
            case model.Alias(target):
                return self.make(target)
            case model.Record(fields):
                return st.builds(class_of(self._world, definition), *(self.make(field.type) for field in fields))
            case model.Variant():
                return st.one_of(*self._cases(definition, kind))
            case model.Enum():
                return st.sampled_from([*class_of(self._world, definition).__members__.values()])
            case model.Flags(flags):
                return st.integers(0, (1 << len(flags)) - 1).map(class_of(self._world, definition))
            case model.Resource():
                return self._handle(definition)

    def _cases(self, definition: model.Definition, variant: model.Variant) -> Iterator[SearchStrategy[Any]]:
        for case, made in zip(variant.cases, case_classes_of(self._world, definition, variant), strict=True):
            yield st.builds(made) if case.type is None else self.make(case.type).map(made)


def _array_code(number: model.Primitive) -> str | None:
    """Return the format of an array of the very type."""
    if number.name in FLOATS:
        return "f" if number.name == "f32" else "d"
    if number.name not in INTEGERS:
        return None
    codes = "BHILQ" if number.name[0] == "u" else "bhilq"
    size = int(number.name[1:]) // 8
    return next(code for code in codes if array.array(code).itemsize == size)
