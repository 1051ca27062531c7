"""The simplest value of a type: what a generated host function answers where nothing else is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from componium._bindgen import model
from componium._calls.values import FLOATS, INTEGERS, U8

if TYPE_CHECKING:
    from componium._calls.values import Json


def simplest(world: model.World, type_: model.Type | None) -> Json:  # noqa: PLR0911  # one for each kind
    """Return the simplest value of a type as JSON: zero, empty, absent, the first case."""
    match None if type_ is None else world.bare(type_):
        case model.Primitive("string"):
            return ""
        case model.Primitive("char"):
            return "a"
        case model.Primitive(name):
            return 0.0 if name in FLOATS else 0 if name in INTEGERS else False
        case model.ListOf(element):
            return "" if world.bare(element) == U8 else []
        case model.TupleOf(elements):
            return [simplest(world, element) for element in elements]
        case model.ResultOf(ok, _):
            return {"ok": simplest(world, ok)}
        case model.Reference(index):
            return _definition(world, world.resolve(index))
        case _:
            return None


def _definition(world: model.World, definition: model.Definition) -> Json:
    match definition.kind:
        case model.Record(fields):
            return {field.name: simplest(world, field.type) for field in fields}
        case model.Variant((first, *_)):
            return first.name if first.type is None else {first.name: simplest(world, first.type)}
        case model.Enum((first, *_)):
            return first.name
        case model.Flags():
            return []
        case _:
            return None
