"""Strategies for cases of a pair of plugins."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from componium._strategies.calls import answer_strategies, call_sequences, call_strategies
from componium.parity._case import Case

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from hypothesis.strategies import SearchStrategy

    from componium._calls.functions import WorldFunction
    from componium._calls.values import Json
    from componium.parity._pair import Pair


class Generator:
    """Makes cases of calls, and of what the application answers."""

    def __init__(
        self,
        pair: Pair,
        functions: Iterable[WorldFunction],
        inputs: Mapping[str, SearchStrategy[tuple[Any, ...]]],
    ) -> None:
        """Make cases for `functions`, with `inputs` instead of arguments of the types."""
        self._world = pair.a.world
        self._calls = call_strategies(self._world, functions, inputs)
        alone = {name: function for name, function in pair.b.imports.items() if name not in pair.a.imports}
        self._sides = (pair.a.world, pair.a.imports), (pair.b.world, alone)

    def single(self, function: WorldFunction, answered: Collection[str]) -> SearchStrategy[Case]:
        """Make a strategy for cases of one call, with answers for some functions of the application, by name."""
        return st.builds(Case, st.tuples(self._calls[function.name]), self._answers(answered))

    def in_a_row(
        self, functions: Iterable[WorldFunction], steps: int, answered: Collection[str]
    ) -> SearchStrategy[Case]:
        """Make a strategy for cases of calls in a row; see `single`."""
        calls = {function.name: self._calls[function.name] for function in functions}
        return st.builds(Case, call_sequences(self._world, calls, steps), self._answers(answered))

    def _answers(self, answered: Collection[str]) -> SearchStrategy[dict[str, tuple[Json, ...]]]:
        return st.builds(
            operator.or_,
            *(
                answer_strategies(world, [imports[name] for name in answered if name in imports])
                for world, imports in self._sides
            ),
        )
