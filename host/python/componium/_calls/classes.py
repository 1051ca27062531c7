"""The Python classes of a model's named types: the very ones that values out of plugins are of."""

from __future__ import annotations

from typing import Any

from componium._bindgen import model
from componium._types import enum_class, flags_class, record_class, snake_case, variant_class


def class_of(world: model.World, definition: model.Definition) -> type[Any]:
    """Give the class of a record, variant, enum or flags; of a variant, the base class of its cases.

    Args:
        world: The world of the type.
        definition: The type.
    """
    owner = "" if definition.interface is None else world.interfaces[definition.interface].key
    name = definition.name or ""
    match definition.kind:
        case model.Record(fields):
            return record_class(owner, name, tuple((snake_case(field.name), "") for field in fields))
        case model.Variant():
            return variant_class(owner, name, _cases(definition.kind))[0]
        case model.Enum(cases):
            return enum_class(owner, name, tuple(case.name for case in cases))[0]
        case model.Flags(flags):
            return flags_class(owner, name, tuple(flag.name for flag in flags))[0]
        case _:
            raise TypeError(f"{name} has no class of values")


def case_classes_of(world: model.World, definition: model.Definition, variant: model.Variant) -> list[type[Any]]:
    """Give the classes of a variant's cases, in order."""
    owner = "" if definition.interface is None else world.interfaces[definition.interface].key
    return variant_class(owner, definition.name or "", _cases(variant))[1]


def _cases(variant: model.Variant) -> tuple[tuple[str, bool], ...]:
    return tuple((case.name, case.type is not None) for case in variant.cases)
