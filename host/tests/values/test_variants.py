"""`variant`: instances of the case's class go in and come out; they are used in `match`."""

from __future__ import annotations

import math
import pickle
import sys
from typing import Any

import pytest
from componium import ToolchainError, TypeMismatch

from host.tests.echo.component import echo_component
from host.tests.echo.echoes import Echoes
from host.tests.echo.wit_types import ListOf, OptionOf, Primitive, Record, TupleOf, Variant, WitType
from host.tests.values.refusal import assert_refused

S32, U64, F32, F64, STRING = map(Primitive, ("s32", "u64", "f32", "f64", "string"))
POINT = Record("point", (("x", S32), ("y", S32)))
SHAPE = Variant(
    "shape", (("nowhere", None), ("circle", F64), ("polygon", ListOf(POINT)), ("label", STRING), ("unit", F32))
)


def test_cases() -> None:
    """Every case comes back as its class, with and without payload, alone and in lists."""
    echoes = Echoes(SHAPE)
    cases = echoes.exports.Shape
    point = echoes.exports.Point(1, -2)
    values = [cases.Nowhere(), cases.Circle(1.5), cases.Polygon([point]), cases.Label("a"), cases.Unit(0.5)]
    for value in values:
        result = echoes.crosses(value)
        assert type(result) is type(value)
        assert isinstance(result, cases)
    assert Echoes(ListOf(SHAPE)).crosses(values) == values


def test_match() -> None:
    """A case is matched by its class, its payload by position or name."""
    echoes = Echoes(SHAPE)
    cases = echoes.exports.Shape
    match echoes.keep(cases.Circle(2.0)):
        case cases.Circle(radius):
            assert radius == 2.0
        case other:
            pytest.fail(f"{other} is no circle")


def test_class() -> None:
    """Cases are frozen dataclasses: they compare, print and pickle."""
    cases = Echoes(SHAPE).exports.Shape
    circle = cases.Circle(1.5)
    assert circle == cases.Circle(value=1.5) != cases.Unit(1.5)
    assert repr(circle) == "Shape.Circle(value=1.5)"
    assert pickle.loads(pickle.dumps(circle)) == circle  # noqa: S301
    assert pickle.loads(pickle.dumps(cases.Nowhere())) == cases.Nowhere()  # noqa: S301


def test_equal_payload_types() -> None:
    """Cases whose payloads are of the same type are told apart."""
    echoes = Echoes(Variant("number", (("metres", S32), ("feet", S32), ("none", None), ("nothing", None))))
    cases = echoes.exports.Number
    for value in (cases.Metres(1), cases.Feet(1), cases.None_(), cases.Nothing()):
        assert echoes.crosses(value) == value


#: Payloads whose core values must be joined to ones that fit them all.
JOINED: dict[str, tuple[WitType, ...]] = {
    "f32-i32": (F32, S32),
    "f64-i64": (F64, U64),
    "i32-i64": (S32, U64),
    "f32-f64": (F32, F64),
    "f32-i64": (F32, U64),
    "f64-i32": (F64, S32),
    "all": (F32, F64, S32, U64, STRING, Primitive("s8"), Primitive("bool"), Primitive("char")),
    "columns": (TupleOf((F32, F64, STRING)), TupleOf((U64, S32, F32)), TupleOf((STRING, F64, U64))),
    "lengths": (U64, TupleOf((F32,) * 4), OptionOf(F64)),
}
EXTREMES: dict[str, Any] = {
    "s32": -1, "u64": 2**64 - 1, "f32": -0.0, "f64": -math.pi, "string": "é", "s8": -128, "bool": True, "char": "😀",
}  # fmt: skip


def extreme(ty: WitType) -> Any:
    """Return a value whose core values have bits set where a wrong join would lose them."""
    match ty:
        case TupleOf():
            return tuple(map(extreme, ty.elements))
        case OptionOf():
            return extreme(ty.some)
        case _:
            return EXTREMES[ty.wit]


@pytest.mark.parametrize("name", JOINED)
def test_joined(name: str) -> None:
    """Payloads of different core types come back bit by bit, flat and in memory."""
    variant = Variant("joined", tuple((f"case{index}", ty) for index, ty in enumerate(JOINED[name])))
    for ty in (variant, TupleOf((*(Primitive("u64"),) * 9, variant, STRING))):
        echoes = Echoes(ty)
        for index, payload in enumerate(JOINED[name]):
            value = getattr(echoes.exports.Joined, f"Case{index}")(extreme(payload))
            given = value if ty is variant else (*range(9), value, "end")
            assert repr(echoes.crosses(given)) == repr(given)


@pytest.mark.parametrize("count", [1, 256, 257, 1000])
def test_many_cases(count: int) -> None:
    """Beyond 256 cases a discriminant takes two bytes."""
    cases = tuple((f"case{index}", S32 if index % 2 else None) for index in range(count))
    echoes = Echoes(Variant("many", cases))
    for index in {0, 1, 254, 255, 256, count - 1}:
        if index < count:
            case = getattr(echoes.exports.Many, f"Case{index}")
            value = case(-index) if index % 2 else case()
            assert echoes.crosses(value) == value


def test_no_cases() -> None:
    """A variant without cases would have no value; the format has none."""
    with pytest.raises(ToolchainError):
        echo_component({"value": [Variant("never", ())]})


@pytest.mark.parametrize("value", ["circle", None, 1.5, ("circle", 1.5)], ids=repr)
def test_wrong(value: object) -> None:
    """What is no case is refused, with the cases there are; a name or a payload alone is none."""
    shown = {str: "str 'circle'", type(None): "None", float: "float", tuple: "tuple"}[type(value)]
    message = f": expected a case of shape (nowhere, circle, polygon, label, unit), got {shown}"
    assert_refused(SHAPE, value, TypeMismatch, message, good=Echoes(SHAPE).exports.Shape.Nowhere())


def test_case_of_another_variant() -> None:
    """A case of the same name, of another variant, is refused."""
    other = Echoes(Variant("figure", (("circle", F64),))).exports.Figure.Circle(1.0)
    message = ": expected a case of shape (nowhere, circle, polygon, label, unit), got Circle"
    assert_refused(SHAPE, other, TypeMismatch, message, good=Echoes(SHAPE).exports.Shape.Nowhere())


def test_wrong_payload() -> None:
    """A case with a wrong payload can be made, but does not cross."""
    cases = Echoes(SHAPE).exports.Shape
    good = cases.Nowhere()
    assert_refused(SHAPE, cases.Circle("1"), TypeMismatch, ": expected float, got str '1'", good=good)
    message = "[1].x: expected int (s32), got None"
    value = cases.Polygon([{"x": 1, "y": 1}, {"x": None, "y": 1}])
    assert_refused(SHAPE, value, TypeMismatch, message, good=good)


def test_released() -> None:
    """What was given and what came back is released."""
    echoes = Echoes(SHAPE)
    text = str(b"not interned", "ascii")
    before = sys.getrefcount(text)
    for _ in range(10):
        result = echoes.keep(echoes.exports.Shape.Label(text))
    assert sys.getrefcount(text) == before
    fresh = object()
    assert sys.getrefcount(result) == sys.getrefcount(fresh)
