"""Calling functions, either way, and telling what happened."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from componium._bindgen import model
from componium._calls.functions import imported_functions
from componium._calls.trace import Failed, HostCall, Raised, Returned
from componium._errors import GuestError, UnsupportedType
from componium._imports import resolve_imports
from componium._types import Err, Ok, snake_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from componium._calls.functions import WorldFunction
    from componium._calls.trace import Outcome
    from componium._calls.values import Values
    from componium._imports import Imports
    from componium._native_types import HostFunction


def split_result(world: model.World, type_: model.Type | None) -> tuple[model.Type | None, model.ResultOf | None]:
    """Tell the type that a call returns, and the WIT `result` that this is the good case of, if it is one."""
    bare = None if type_ is None else world.bare(type_)
    return (bare.ok, bare) if isinstance(bare, model.ResultOf) else (type_, None)


def outcome_of(values: Values, function: WorldFunction, result: Any) -> Outcome:
    """Describe what an exported function returned."""
    return Returned(values.write(split_result(values.world, function.result)[0], result))


def outcome_of_error(values: Values, function: WorldFunction, error: BaseException) -> Outcome:
    """Describe what a function raised."""
    result = split_result(values.world, function.result)[1]
    if isinstance(error, GuestError) and result is not None:
        return Failed(values.write(result.err, error.value))
    return Raised.of(error)


def refuse_host_resources(plugin: str, world: model.World) -> None:
    """Refuse a plugin that imports resources.

    Raises:
        UnsupportedType: It does; the message names them.
    """
    owners = [(each.key, each.types) for each in world.imports.interfaces if not each.is_wasi]
    resources = [
        f"{owner}: {world.definitions[index].name}"
        for owner, types in [*owners, (world.name, world.types)]
        for index in types
        if isinstance(world.definitions[index].kind, model.Resource)
    ]
    if resources:
        raise UnsupportedType(
            f"{plugin} imports resources of the application, whose objects cannot be written down: "
            f"{', '.join(resources)}"
        )


def observed_imports(plugin: str, imports: Imports, values: Values, listener: Callable[[HostCall], None]) -> Imports:
    """Put an observer in front of each function that a plugin imports.

    Args:
        plugin: What errors call the plugin.
        imports: What the application provides.
        values: Writes the values of imported functions.
        listener: Told each call when it has ended.

    Returns:
        Imports that do the same as those given.

    Raises:
        ImportsError: The imports are not what the plugin asks for.
        UnsupportedType: The plugin imports resources.
    """
    refuse_host_resources(plugin, values.world)
    functions = list(imported_functions(values.world).values())
    found, _ = resolve_imports(plugin, [_wanted(each) for each in functions], [], imports)
    observed: dict[str, Any] = {}
    for declared, function in zip(functions, found, strict=True):
        if function is not None:
            owner = observed if declared.interface is None else observed.setdefault(declared.interface, {})
            owner[declared.attribute] = observed_function(declared, function, values, listener)
    return observed


def _wanted(function: WorldFunction) -> HostFunction:
    parameters = [snake_case(parameter.name) for parameter in function.parameters]
    return function.interface, function.attribute, None, parameters, function.name


def observed_function(
    declared: WorldFunction, function: Callable[..., Any], values: Values, listener: Callable[[HostCall], None]
) -> Callable[..., Any]:
    """Put an observer in front of a function that a plugin calls."""
    types = [parameter.type for parameter in declared.parameters]

    def call(*arguments: Any) -> Any:
        written = tuple(values.write(type_, each) for type_, each in zip(types, arguments, strict=True))
        try:
            result = function(*arguments)
        except BaseException as error:
            listener(HostCall(declared.name, written, outcome_of_error(values, declared, error)))
            raise
        listener(HostCall(declared.name, written, _answer(values, declared, result)))
        return result

    return functools.update_wrapper(call, function, updated=())


def _answer(values: Values, declared: WorldFunction, answer: Any) -> Outcome:
    """Describe what a function of the application returned: for a WIT `result`, the good case or either wrapped."""
    type_, result = split_result(values.world, declared.result)
    try:
        if result is not None and isinstance(answer, Err):
            return Failed(values.write(result.err, answer.value))
        if result is not None and isinstance(answer, Ok):
            return Returned(values.write(type_, answer.value))
        return Returned(values.write(type_, answer))
    except Exception as error:  # noqa: BLE001  # the run time refuses the answer too, and says what is wrong
        return Raised.of(error)
