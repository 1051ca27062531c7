"""Where two calls differ."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from componium._bindgen import model
from componium._calls.observe import split_result
from componium._calls.trace import Failed, Raised, Returned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from componium._calls.functions import WorldFunction
    from componium._calls.trace import HostCall, Outcome, Trace
    from componium._calls.values import Json
    from componium.parity._rules import Rules

Aspect: TypeAlias = Literal["outcome", "result", "error", "exception", "host calls"]


@dataclass(frozen=True)
class Disagreement:
    """One respect in which two calls differ."""

    aspect: Aspect
    """`outcome` where one call returned, the other failed or trapped; otherwise what of the two is not the same."""
    place: str
    """Where the first difference is: `result[0].name`, `host call 2 (host.log), argument 1`."""


class Agreement:
    """Compares calls of a world's functions."""

    def __init__(
        self, world: model.World, exports: Mapping[str, WorldFunction], imports: Mapping[str, WorldFunction]
    ) -> None:
        """Know the types of all functions."""
        self._world = world
        self._exports = exports
        self._imports = imports

    def disagreements(self, a: Trace, b: Trace, rules: Rules) -> tuple[Disagreement, ...]:
        """List the respects in which two calls of one function differ."""
        function = self._exports[a.call.function]
        found = [self._outcome(function, a.outcome, b.outcome, rules), self._host_calls(a, b, rules)]
        return tuple(each for each in found if each is not None)

    def _outcome(self, function: WorldFunction, a: Outcome, b: Outcome, rules: Rules) -> Disagreement | None:
        type_, result = split_result(self._world, function.result)
        match a, b:
            case Returned(one), Returned(other):
                place = self._values([type_], [one], [other], ["result"], rules)
                return None if place is None else Disagreement("result", place)
            case Failed(one), Failed(other):
                place = self._values([result and result.err], [one], [other], ["error"], rules)
                return None if place is None else Disagreement("error", place)
            case Raised(one), Raised(other):
                return None if one == other else Disagreement("exception", f"{one} and {other}")
            case _:
                return Disagreement("outcome", f"one {_did(a)}, the other {_did(b)}")

    def _host_calls(self, a: Trace, b: Trace, rules: Rules) -> Disagreement | None:
        for number, (one, other) in enumerate(zip(a.host_calls, b.host_calls, strict=False), 1):
            place = self.host_call(one, other, rules)
            if place is not None:
                return Disagreement("host calls", f"host call {number} ({place})")
        if len(a.host_calls) == len(b.host_calls):
            return None
        shorter, longer = sorted((a.host_calls, b.host_calls), key=len)
        missing = self._imports[longer[len(shorter)].function].label
        return Disagreement("host calls", f"host call {len(shorter) + 1} ({missing}): one side does not make it")

    def host_call(self, a: HostCall, b: HostCall, rules: Rules) -> str | None:
        """Say where two calls of the application differ: the function, or its arguments."""
        if a.function != b.function:
            return " and ".join(self._imports[each.function].label for each in (a, b))
        function = self._imports[a.function]
        types = [parameter.type for parameter in function.parameters]
        places = [f"{function.label}, argument {number + 1}" for number in range(len(types))]
        return self._values(types, a.arguments, b.arguments, places, rules)

    def _values(
        self, types: list[model.Type | None], a: Iterable[Json], b: Iterable[Json], places: list[str], rules: Rules
    ) -> str | None:
        """Return where values first differ."""
        if rules.nondeterministic:
            return None
        for type_, one, other, place in zip(types, a, b, places, strict=True):
            found = next(_differences(self._world, type_, one, other, place, rules.tolerance), None)
            if found is not None:
                return found
        return None


def _did(outcome: Outcome) -> str:
    match outcome:
        case Returned():
            return "returned"
        case Failed():
            return "returned an error"
        case Raised(kind):
            return f"ended with {kind}"


def _differences(  # noqa: PLR0913, PLR0917  # a walk along one type and two values
    world: model.World, type_: model.Type | None, a: Json, b: Json, place: str, tolerance: Mapping[str, float]
) -> Iterator[str]:
    """Yield the places where two values differ, as JSON."""
    if type(a) is not type(b) or not isinstance(a, dict | list):
        if not _same(world, type_, a, b, tolerance):
            yield place
    elif isinstance(a, dict):
        if a.keys() != b.keys():
            yield place
            return
        for name in a:
            inner = f"{place}.{name}"
            yield from _differences(world, _member(world, type_, name), a[name], b[name], inner, tolerance)
    else:
        for at, (one, other) in enumerate(zip(a, b, strict=False)):
            yield from _differences(world, _element(world, type_, at), one, other, f"{place}[{at}]", tolerance)
        if len(a) != len(b):
            yield f"{place}: {len(a)} and {len(b)} elements"


def _same(world: model.World, type_: model.Type | None, a: Json, b: Json, tolerance: Mapping[str, float]) -> bool:
    if not isinstance(a, float) or not isinstance(b, float):
        return bool(a == b)
    while isinstance(bare := world.bare(type_) if type_ else None, model.OptionOf):
        type_ = bare.some
    allowed = tolerance.get(bare.name) if isinstance(bare, model.Primitive) else None
    if allowed is not None:
        return math.isclose(a, b, rel_tol=allowed, abs_tol=allowed)
    return a == b and math.copysign(1, a) == math.copysign(1, b)


def _member(world: model.World, type_: model.Type | None, name: str) -> model.Type | None:
    """Return the type of a member of an object."""
    match _present(world, type_):
        case model.OptionOf(some):
            return some
        case model.ResultOf(ok, err):
            return ok if name == "ok" else err
        case model.Reference(index):
            kind = world.resolve(index).kind
            members = kind.fields if isinstance(kind, model.Record) else getattr(kind, "cases", ())
            return next((member.type for member in members if member.name == name), None)
        case _:
            return None


def _element(world: model.World, type_: model.Type | None, at: int) -> model.Type | None:
    """Return the type of an element of an array."""
    match _present(world, type_):
        case model.ListOf(element):
            return element
        case model.TupleOf(elements):
            return elements[at]
        case _:
            return None


def _present(world: model.World, type_: model.Type | None) -> model.Type | None:
    """Return the type itself, for an option that of the value: only options of options are objects."""
    bare = None if type_ is None else world.bare(type_)
    if isinstance(bare, model.OptionOf) and not isinstance(world.bare(bare.some), model.OptionOf):
        return _present(world, bare.some)
    return bare
