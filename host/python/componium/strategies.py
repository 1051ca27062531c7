"""Hypothesis strategies made from WIT: values for the parameters of any function of a plugin or a contract.

Install them with `pip install componium[testing]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from componium._calls.functions import exported_functions, find_function, imported_functions
from componium._calls.worlds import world_of
from componium._strategies.calls import call_sequences, call_strategies
from componium._strategies.values import ValueStrategies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hypothesis.strategies import SearchStrategy

    from componium._calls.trace import Call
    from componium._component import Component
    from componium._contract import Contract

__all__ = ["arguments", "calls", "results"]


def arguments(source: Component | Contract, function: str, *, arrays: bool = False) -> SearchStrategy[tuple[Any, ...]]:
    """Strategy for the arguments of an exported function.

    Text is awkward, numbers lie at their limits, and everything shrinks to what is short and plain.

    Args:
        source: The plugin or contract that exports the function.
        function: Its name in Python (`runner.handle`), the end of that (`handle`), or its name in WIT
            (`componium:launcher/runner@0.1.0#handle`).
        arrays: Whether lists of numbers are `array.array`, which cross by one copy, instead of `list`.

    Returns:
        A strategy for tuples, as in `function(*arguments)`.

    Raises:
        ValueError: There is no such function; the message names what is near.
        UnsupportedType: It takes handles of resources, which only an instance can give: see `calls`.
    """
    world = world_of(source)
    found = find_function(exported_functions(world), function)
    made = ValueStrategies(world, arrays=arrays)
    return made.make_all(parameter.type for parameter in found.parameters)


def results(source: Component | Contract, function: str, *, arrays: bool = False) -> SearchStrategy[Any]:
    """Strategy for what a function returns, imported or exported; a WIT `result` is wrapped in `Ok` or `Err`.

    Args:
        source: The plugin or contract that has the function.
        function: Its name, as for `arguments`.
        arrays: As for `arguments`.

    Returns:
        The strategy; for an imported function, of what the application may answer.

    Raises:
        ValueError: There is no such function; the message names what is near.
        UnsupportedType: It returns handles of resources.
    """
    world = world_of(source)
    found = find_function({**exported_functions(world), **imported_functions(world)}, function)
    return ValueStrategies(world, arrays=arrays).make(found.result)


def calls(
    source: Component | Contract, functions: Iterable[str] | None = None, *, most: int = 10
) -> SearchStrategy[tuple[Call, ...]]:
    """Strategy for calls in a row on one instance, which reaches its state and its resources.

    Handles are made by constructors and other functions, used by methods, given away and dropped. As data a handle is a
    number: `componium.parity.run` makes the calls.

    Args:
        source: The plugin or contract that exports the functions.
        functions: The functions to call, named as for `arguments`; by default all that can be called.
        most: How many calls there are at most.

    Returns:
        The strategy.

    Raises:
        ValueError: There is no such function; the message names what is near.
    """
    world = world_of(source)
    exported = exported_functions(world)
    chosen = exported.values() if functions is None else [find_function(exported, name) for name in functions]
    return call_sequences(world, call_strategies(world, chosen), most)
