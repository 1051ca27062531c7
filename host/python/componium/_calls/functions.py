"""The functions of a world, by their names in WIT and in Python."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from componium._bindgen import model
from componium._description import short_name
from componium._resources import drop
from componium._types import pascal_case, snake_case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from componium._instance import Instance

DROP = "drop"
"""The kind of the function, which no WIT mentions, that drops a handle."""

COMPONENTIZE_PY = "exports#init"
"""What guests in Python export for the tool that builds them, which calls it once, at build time."""


@dataclass(frozen=True)
class WorldFunction:
    """A function that a world imports or exports."""

    name: str
    """The name of the canonical ABI: `demo:shapes/api@0.1.0#[method]counter.add`."""
    label: str
    """The name in Python: `api.Counter.add`."""
    interface: str | None
    kind: str
    """As in the model, or `drop`."""
    parameters: tuple[model.Member, ...]
    """With the handle that methods are called on."""
    result: model.Type | None
    resource: str | None = None
    """The WIT name of the resource that it belongs to."""
    is_async: bool = field(default=False, compare=False)

    @property
    def attribute(self) -> str:
        """The last part of the name in Python."""
        return self.label.rpartition(".")[2]

    def find_in(self, instance: Instance) -> Callable[..., Any]:
        """Return the function of an instance that exports it."""
        if self.kind == DROP:
            return drop
        found: Any = instance[self.interface or self.name]
        for attribute in self.label.split(".")[1:] if self.interface else ():
            found = getattr(found, attribute)
        function: Callable[..., Any] = found
        return function


def exported_functions(world: model.World) -> dict[str, WorldFunction]:
    """List what a world exports, by name, and a function that drops handles for each resource."""
    functions = {function.name: function for function in _side(world, world.exports)}
    for interface in world.exports.interfaces:
        for index in interface.types:
            definition = world.definitions[index]
            if isinstance(definition.kind, model.Resource):
                dropping = _dropping(interface, definition)
                functions[dropping.name] = dropping
    functions.pop(COMPONENTIZE_PY, None)
    return functions


def imported_functions(world: model.World) -> dict[str, WorldFunction]:
    """List what a world imports from the application, by name: without WASI, which the host provides itself."""
    return {function.name: function for function in _side(world, world.imports)}


def find_function(functions: Mapping[str, WorldFunction], name: str) -> WorldFunction:
    """Find a function by its name in WIT or in Python, or by the last parts of the latter.

    Args:
        functions: Where to look.
        name: Such as `demo:shapes/api@0.1.0#area`, `api.area` or `area`.

    Returns:
        The function.

    Raises:
        ValueError: There is none of that name, or more than one.
    """
    if name in functions:
        return functions[name]
    found = [each for each in functions.values() if f".{each.label}".endswith(f".{name}")]
    exact = [each for each in found if each.label == name]
    if len(exact or found) == 1:
        return (exact or found)[0]
    labels = [each.label for each in functions.values()]
    if found:
        raise ValueError(f"{name!r} may be {' or '.join(each.name for each in found)}: name it in full")
    near = difflib.get_close_matches(name, [*labels, *(each.attribute for each in functions.values())], n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there is {', '.join(labels) or 'none'}"
    raise ValueError(f"there is no function {name!r}; {hint}")


def _side(world: model.World, side: model.Side) -> Iterator[WorldFunction]:
    yield from _functions(world, None, side.functions)
    for interface in side.interfaces:
        if not interface.is_wasi:
            yield from _functions(world, interface, interface.functions)


def _functions(
    world: model.World, interface: model.Interface | None, functions: Iterable[model.Function]
) -> Iterator[WorldFunction]:
    for each in functions:
        resource = None if each.resource is None else world.definitions[each.resource].name or ""
        itself: tuple[model.Member, ...] = ()
        if each.kind == "method" and each.resource is not None:
            itself = (model.Member("self", model.HandleTo(each.resource)),)
        yield WorldFunction(
            name=_join(interface, _wit_name(each, resource)),
            label=_label(interface, each, resource),
            interface=None if interface is None else interface.key,
            kind=each.kind,
            parameters=(*itself, *each.parameters),
            result=each.result,
            resource=resource,
            is_async=each.is_async,
        )


def _dropping(interface: model.Interface, definition: model.Definition) -> WorldFunction:
    name = definition.name or ""
    return WorldFunction(
        name=_join(interface, f"[{DROP}]{name}"),
        label=f"{short_name(interface.key)}.{pascal_case(name)}[{DROP}]",
        interface=interface.key,
        kind=DROP,
        parameters=(model.Member("self", model.HandleTo(definition.index)),),
        result=None,
        resource=name,
    )


def _wit_name(function: model.Function, resource: str | None) -> str:
    if resource is None:
        return function.name
    name = "" if function.kind == "constructor" else f".{function.name}"
    return f"[{function.kind}]{resource}{name}"


def _join(interface: model.Interface | None, name: str) -> str:
    return name if interface is None else f"{interface.key}#{name}"


def _label(interface: model.Interface | None, function: model.Function, resource: str | None) -> str:
    parts = [] if interface is None else [short_name(interface.key)]
    if resource is not None:
        parts.append(pascal_case(resource))
    if function.kind != "constructor":
        parts.append(snake_case(function.name))
    return ".".join(parts)
