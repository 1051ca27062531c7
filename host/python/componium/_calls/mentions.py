"""What the types of a function are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from componium._bindgen import model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from componium._calls.functions import WorldFunction


def resources_in(world: model.World, type_: model.Type | None) -> set[int]:
    """Find the resources that a type has handles of."""
    found = (world.resolve(each.resource).index for each in _leaves(world, type_) if isinstance(each, model.HandleTo))
    return set(found)


def resources_taken(world: model.World, function: WorldFunction) -> set[int]:
    """Find the resources that a function needs handles of."""
    return {index for parameter in function.parameters for index in resources_in(world, parameter.type)}


def unsupported(world: model.World, function: WorldFunction) -> str | None:
    """Say why calls of an exported function cannot be written down, if so."""
    if function.is_async:
        return "it is asynchronous, and cannot be called yet"
    own = {index for interface in world.exports.interfaces for index in interface.types}
    for type_ in (*(parameter.type for parameter in function.parameters), function.result):
        for leaf in _leaves(world, type_):
            if isinstance(leaf, model.Unsupported):
                return f"values of the type `{leaf.name}` cannot cross between guests and Python yet"
            if isinstance(leaf, model.HandleTo) and world.resolve(leaf.resource).index not in own:
                return f"it has handles of the application's resource `{world.resolve(leaf.resource).name}`"
    return None


def _leaves(world: model.World, type_: model.Type | None) -> Iterator[model.Type]:
    """Yield the types without parts that a type is made of."""
    match type_:
        case None:
            return
        case model.Reference(index):
            yield from _parts(world, world.resolve(index).kind)
        case model.ListOf(inner) | model.OptionOf(inner):
            yield from _leaves(world, inner)
        case model.TupleOf(elements):
            for element in elements:
                yield from _leaves(world, element)
        case model.ResultOf(ok, err):
            yield from _leaves(world, ok)
            yield from _leaves(world, err)
        case _:
            yield type_


def _parts(world: model.World, kind: model.Kind) -> Iterator[model.Type]:
    match kind:
        case model.Record(members) | model.Variant(members):
            for member in members:
                yield from _leaves(world, member.type)
        case model.Alias(target):
            yield from _leaves(world, target)
        case _:
            return


def signature_of(world: model.World, function: WorldFunction) -> tuple[object, ...]:
    """Return what must be equal in two functions so that the same values fit both: names and structure of all types."""
    parameters = tuple((each.name, _structure(world, each.type)) for each in function.parameters)
    return (parameters, _structure(world, function.result), function.is_async)


def _structure(world: model.World, type_: model.Type | None) -> object:
    match type_:
        case model.Reference(index):
            return _definition(world, world.resolve(index))
        case model.HandleTo(resource):
            return ("handle", world.resolve(resource).name)
        case model.ListOf(inner) | model.OptionOf(inner):
            return (type(type_).__name__, _structure(world, inner))
        case model.TupleOf(elements):
            return ("tuple", *(_structure(world, element) for element in elements))
        case model.ResultOf(ok, err):
            return ("result", _structure(world, ok), _structure(world, err))
        case _:
            return type_


def _definition(world: model.World, definition: model.Definition) -> object:
    match definition.kind:
        case model.Alias(target):
            return _structure(world, target)
        case model.Record(members) | model.Variant(members) | model.Enum(members) | model.Flags(members):
            names = tuple((member.name, _structure(world, member.type)) for member in members)
            return (type(definition.kind).__name__, definition.name, names)
        case _:
            return definition.name
