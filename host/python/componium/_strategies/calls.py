"""Strategies for calls as data, one alone and several in a row, which is how state and resources are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from componium._calls.functions import DROP, exported_functions
from componium._calls.mentions import resources_in, resources_taken, unsupported
from componium._calls.trace import Call
from componium._calls.values import Values
from componium._strategies.values import ValueStrategies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from hypothesis.strategies import DrawFn, SearchStrategy

    from componium._bindgen import model
    from componium._calls.functions import WorldFunction
    from componium._calls.values import Json


class _WithHandles(ValueStrategies):
    """Makes values before there is an instance: a handle is the number of one of those that will be there."""

    def _handle(self, resource: model.Definition) -> SearchStrategy[Any]:
        del resource
        return st.integers(0, 9)


def call_strategies(
    world: model.World,
    functions: Iterable[WorldFunction],
    inputs: Mapping[str, SearchStrategy[tuple[Any, ...]]] | None = None,
) -> dict[str, SearchStrategy[Call]]:
    """Make a strategy for the calls of each function.

    Args:
        world: The world that exports the functions.
        functions: The functions.
        inputs: For some functions, by name, a strategy for the tuple of their arguments, as Python values.

    Returns:
        The strategies by name, without functions that cannot be called.
    """
    values, strategies = Values(world), _WithHandles(world)

    def make(function: WorldFunction) -> SearchStrategy[Call]:
        types = [parameter.type for parameter in function.parameters]
        given = (inputs or {}).get(function.name, strategies.make_all(types))
        return given.map(_writer(values, function.name, types))

    return {each.name: make(each) for each in functions if unsupported(world, each) is None}


def _writer(values: Values, name: str, types: list[model.Type | None]) -> Callable[[tuple[Any, ...]], Call]:
    def write(given: tuple[Any, ...]) -> Call:
        try:
            return Call(name, tuple(values.write(type_, each) for type_, each in zip(types, given, strict=True)))
        except Exception as error:
            raise ValueError(f"{name} cannot be called with {given!r}, which a strategy made: {error}") from error

    return write


@st.composite
def call_sequences(
    draw: DrawFn, world: model.World, calls: Mapping[str, SearchStrategy[Call]], most: int
) -> tuple[Call, ...]:
    """Strategy for calls in a row: each can find the handles that it needs among those that came before.

    Args:
        draw: Given by Hypothesis.
        world: The world that exports the functions.
        calls: The calls of each function, by name.
        most: How many calls there are at most.
    """
    functions = exported_functions(world)
    there: set[int] = set()
    made: list[Call] = []
    for _ in range(draw(st.integers(1, most))):
        possible = [name for name in calls if resources_taken(world, functions[name]) <= there]
        if not possible:
            break
        # Methods come about as often as all else, or handles would be made and hardly ever used.
        users = [name for name in possible if functions[name].kind != DROP and resources_taken(world, functions[name])]
        name = draw(st.sampled_from(possible + users * (len(possible) // max(1, len(users)))))
        made.append(draw(calls[name]))
        there |= resources_in(world, functions[name].result)
    return tuple(made)


def answer_strategies(
    world: model.World, functions: Iterable[WorldFunction]
) -> SearchStrategy[dict[str, tuple[Json, ...]]]:
    """Make a strategy for what functions of the application answer: the first, the second, and then always the last.

    Args:
        world: The world that imports the functions.
        functions: The functions.
    """
    values, strategies = Values(world, guest_side=False), ValueStrategies(world)

    def make(function: WorldFunction) -> SearchStrategy[tuple[Json, ...]]:
        written = strategies.make(function.result).map(lambda value: values.write(function.result, value))
        return st.lists(written, min_size=1, max_size=3).map(tuple)

    return st.fixed_dictionaries({each.name: make(each) for each in functions if each.result is not None})
