"""Hypothesis strategy for WIT types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

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
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hypothesis.strategies import DrawFn

T = TypeVar("T")

#: Most flags that one type may have; the format allows no more.
MAX_FLAGS = 32
MEMBERS: tuple[Literal["enum", "flags"], ...] = ("enum", "flags")


@st.composite
def wit_types(draw: DrawFn, depth: int = 4, width: int = 5) -> WitType:
    """Strategy for types of every kind but resources, futures and streams.

    Args:
        draw: Given by Hypothesis.
        depth: How many types may lie in each other.
        width: How many fields, cases or elements a type may have; an enum or flags may have more.
    """
    return _Drawing(draw, width).any(depth)


@st.composite
def parameter_types(draw: DrawFn, depth: int = 2, width: int = 6) -> tuple[WitType, ...]:
    """Strategy for the types of a function's parameters, at least one; the arguments are those of `wit_types`."""
    return _Drawing(draw, width).several(depth)


class _Drawing:
    """One type that is being drawn, its parts before it: the names of the interface are unique."""

    def __init__(self, draw: DrawFn, width: int) -> None:
        self._draw = draw
        self._width = width
        self._taken = {"relayvalue"}  # functions and types of an interface share one namespace
        self._defined: list[Named] = []
        self._compound: dict[str, Callable[[int], WitType]] = {
            "list": lambda depth: ListOf(self.any(depth)),
            "option": lambda depth: OptionOf(self.any(depth)),
            "tuple": lambda depth: TupleOf(self.several(depth)),
            "result": lambda depth: ResultOf(self._optional(depth), self._optional(depth)),
            "alias": lambda depth: Alias(self._name(), self.any(depth)),
            "record": lambda depth: Record(self._name(), self._labelled(self.several(depth))),
            "variant": lambda depth: Variant(self._name(), self._labelled(self._optionals(depth))),
        }

    def any(self, depth: int) -> WitType:
        """Draw a type that has at most `depth` types in each other."""
        kinds = ["primitive", "members", *(self._compound if depth else ()), *(["defined"] if self._defined else ())]
        kind = self._draw(st.sampled_from(kinds))
        if kind == "primitive":
            return Primitive(self._draw(st.sampled_from(list(PRIMITIVES))))
        if kind == "defined":
            return self._draw(st.sampled_from(self._defined))
        made: WitType = self._members() if kind == "members" else self._compound[kind](depth - 1)
        if isinstance(made, Named):
            self._defined.append(made)
        return made

    def _members(self) -> Members:
        keyword = self._draw(st.sampled_from(MEMBERS))
        return Members(self._name(), keyword, self._labels(self._draw(st.integers(1, MAX_FLAGS))))

    def several(self, depth: int) -> tuple[WitType, ...]:
        """Draw one or more types, each as `any` does."""
        return tuple(self.any(depth) for _ in range(self._draw(st.integers(1, self._width))))

    def _optional(self, depth: int) -> WitType | None:
        return self.any(depth) if self._draw(st.booleans()) else None

    def _optionals(self, depth: int) -> tuple[WitType | None, ...]:
        return tuple(self._optional(depth) for _ in range(self._draw(st.integers(1, self._width))))

    def _name(self) -> str:
        return self._draw(unique_names(self._taken))

    def _labels(self, count: int) -> tuple[str, ...]:
        """Draw the names of fields, cases or members; beyond some they are plain."""
        taken: set[str] = set()
        drawn = [self._draw(unique_names(taken)) for _ in range(min(count, self._width))]
        return (*drawn, *(f"plain{index}" for index in range(len(drawn), count)))

    def _labelled(self, types: Sequence[T]) -> tuple[tuple[str, T], ...]:
        return tuple(zip(self._labels(len(types)), types, strict=True))
