"""The same echoing guests under the PyPI package `wasmtime`, which passes values as trees of its own.

It is an oracle where it is right; `host/tests/values/test_peer.py` lists where it is not.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import wasmtime
from componium import Ok
from componium._types import pascal_case
from wasmtime import component as peer

from host.tests.echo.component import ECHOES, echo_component
from host.tests.echo.wit_types import (
    ListOf,
    Members,
    OptionOf,
    Record,
    ResultOf,
    TupleOf,
    Variant,
    WitType,
    resolved,
)

if TYPE_CHECKING:
    from host.tests.echo.component import Encoding

ENGINE = wasmtime.Engine()


class PeerEchoes:
    """An instance of an echoing component, and its host; as `Echoes`, but for one parameter.

    Attributes:
        seen: The argument of the host function's last call.
        type: The package's own type of the parameter.
    """

    def __init__(self, ty: WitType, encoding: Encoding = "utf8") -> None:
        """Start a guest for values of a type."""
        self.seen: Any = None
        self._store = wasmtime.Store(ENGINE)
        compiled = peer.Component(ENGINE, echo_component({"value": [ty]}, encoding))
        linker = peer.Linker(ENGINE)
        with linker.root() as root, root.add_instance(ECHOES) as interface:
            interface.add_func("relay-value", self._host)
        instance = linker.instantiate(self._store, compiled)
        exported = instance.get_export_index(self._store, ECHOES)
        found = instance.get_export_index(self._store, "relay-value", exported)
        assert found
        function = instance.get_func(self._store, found)
        assert function
        self._relay = function
        self.type: Any = function.type(self._store).params[0][1]

    def _host(self, _: object, value: Any) -> Any:
        self.seen = value
        return value

    def relay(self, value: Any) -> Any:
        """Pass a value through the guest to the host function, and what that returns back through the guest."""
        result = self._relay(self._store, value)
        self._relay.post_return(self._store)
        return result


def to_peer(ty: WitType, theirs: Any, value: Any) -> Any:
    """Write a value as the package wants it.

    Args:
        ty: The value's type.
        theirs: The same type as the package has it, which tells whether a choice is written with its tag.
        value: The value as Componium has it.
    """
    match resolved(ty):
        case ListOf(element) if not isinstance(value, bytes):
            return [to_peer(element, theirs.element, item) for item in value]
        case TupleOf(elements):
            return tuple(map(to_peer, elements, theirs.elements, value))
        case Record(_, fields):
            made = peer.Record()
            for attribute, (name, part), (_, other) in zip(value.__slots__, fields, theirs.fields, strict=True):
                setattr(made, name, to_peer(part, other, getattr(value, attribute)))
            return made
        case Members() as members:
            return _members(members, value)
        case OptionOf() | ResultOf() | Variant() as choice:
            return _choice(choice, theirs, value)
        case _:
            return value


def _members(ty: Members, value: Any) -> Any:
    """Write a member of an enum as its name, and flags as a set of names."""
    if ty.keyword == "enum":
        return str(value)
    return {name for bit, name in enumerate(ty.names) if value.value >> bit & 1}


def _choice(ty: OptionOf | ResultOf | Variant, theirs: Any, value: Any) -> Any:
    """Write a case: with its tag where the package asks for that, else as the payload alone."""
    tag, part = _case(ty, value)
    other = dict(theirs._cases())[tag]
    payload = value if isinstance(ty, OptionOf) and not ty.nested else getattr(value, "value", None)
    written = to_peer(part, other, payload) if part else None
    return peer.Variant(tag, written) if theirs._tagged() else written


def _case(ty: OptionOf | ResultOf | Variant, value: Any) -> tuple[str, WitType | None]:
    match ty:
        case OptionOf(some):
            return ("none", None) if value is None else ("some", some)
        case ResultOf(ok, err):
            return ("ok", ok) if isinstance(value, Ok) else ("err", err)
        case Variant(_, cases):
            return cases[[pascal_case(name) for name, _ in cases].index(type(value).__name__)]


def peer_same(one: Any, other: Any) -> bool:
    """Tell whether two values of the package are the same; it lets any NaN through."""
    if type(one) is not type(other):
        return False
    match one:
        case float():
            return (math.isnan(one) and math.isnan(other)) or repr(one) == repr(other)
        case list() | tuple():
            return len(one) == len(other) and all(map(peer_same, one, other))
        case peer.Record():
            return vars(one).keys() == vars(other).keys() and all(
                map(peer_same, vars(one).values(), vars(other).values())
            )
        case peer.Variant(tag, payload):
            return bool(tag == other.tag) and peer_same(payload, other.payload)
        case _:
            return bool(one == other)


def tells_cases_apart(theirs: Any) -> bool:
    """Tell whether the package can pass every value of a type.

    Where the payloads of all cases are of different classes it takes the payload alone, and the first case that it is
    an instance of; that is the wrong one where a class extends another, as `bool` does `int` and everything `object`.
    """
    if isinstance(theirs, peer.OptionType | peer.ResultType | peer.VariantType):
        parts = [part for _, part in theirs._cases() if part]
        if not theirs._tagged() and not _disjoint(parts):
            return False
    else:
        parts = _parts(theirs)
    return all(map(tells_cases_apart, parts))


def _disjoint(parts: list[Any]) -> bool:
    before: set[type] = set()
    for part in parts:
        classes: set[type] = set()
        part.add_classes(classes)
        if any(issubclass(found, tuple(before)) for found in classes):
            return False
        before |= classes
    return True


def _parts(theirs: Any) -> list[Any]:
    match theirs:
        case peer.ListType():
            return [theirs.element]
        case peer.TupleType():
            return list(theirs.elements)
        case peer.RecordType():
            return [part for _, part in theirs.fields]
        case _:
            return []
