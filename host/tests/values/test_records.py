"""`record`: a mapping, any object with the fields, or the record's own class goes in; a frozen dataclass comes out."""

from __future__ import annotations

import copy
import gc
import pickle
import sys
from collections import UserDict, namedtuple
from dataclasses import FrozenInstanceError, dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from componium import OutOfRange, ToolchainError, TypeMismatch

from host.tests.echo.component import echo_component
from host.tests.echo.echoes import Echoes
from host.tests.echo.wit_types import ListOf, OptionOf, Primitive, Record
from host.tests.values.refusal import assert_refused

S32 = Primitive("s32")
POINT = Record("point", (("x", S32), ("y", S32)))
MIXED = Record(
    "mixed",
    (
        ("flag", Primitive("bool")),
        ("big", Primitive("u64")),
        ("small", Primitive("u8")),
        ("half", Primitive("u16")),
        ("text", Primitive("string")),
        ("points", ListOf(POINT)),
        ("number", Primitive("f32")),
        ("nothing", OptionOf(Primitive("string"))),
    ),
)
GOOD = {"x": 0, "y": 0}


@dataclass
class Point:
    """An application's own class, which happens to have the fields."""

    x: int
    y: int


class Computed:
    """An object that computes its attributes."""

    def __getattr__(self, name: str) -> int:
        """Return a number for each field."""
        return {"x": 1, "y": -2}[name]


Pair = namedtuple("Pair", ["x", "y"])  # noqa: PYI024  # what older code passes

FORMS = {
    "dataclass": Point(1, -2),
    "dict": {"x": 1, "y": -2},
    "mapping": UserDict({"x": 1, "y": -2}),
    "more": {"y": -2, "x": 1, "z": 3},
    "namespace": SimpleNamespace(x=1, y=-2),
    "namedtuple": Pair(1, -2),
    "computed": Computed(),
}


@pytest.mark.parametrize("form", FORMS)
def test_forms(form: str) -> None:
    """Whatever has the fields goes in, the record's own class comes out."""
    echoes = Echoes(POINT)
    result = echoes.crosses(FORMS[form])
    assert type(result) is echoes.exports.Point
    assert (result.x, result.y) == (1, -2)
    assert echoes.crosses(result) == result


def test_class() -> None:
    """The class is a frozen dataclass: it compares, prints, hashes and cannot be changed."""
    made = Echoes(POINT).exports.Point
    point = made(1, -2)
    assert point == made(x=1, y=-2) != made(1, 2)
    assert repr(point) == "Point(x=1, y=-2)"
    assert hash(point) == hash(made(1, -2))
    with pytest.raises(FrozenInstanceError):
        point.x = 3
    match point:
        case made(x=1, y=y):
            assert y == -2
        case _:
            pytest.fail("does not match")


def test_copies() -> None:
    """A record survives pickling, so that it reaches other processes, and copying."""
    point = Echoes(POINT).keep(GOOD)
    assert pickle.loads(pickle.dumps(point)) == copy.deepcopy(point) == point  # noqa: S301


def test_layout() -> None:
    """Fields of different sizes come back each in its place, alone and beside each other in a list."""
    fields = {"flag": True, "big": 2**63, "small": 200, "half": 60_000, "text": "hé", "points": [GOOD], "number": 0.5}
    fields["nothing"] = None
    echoes = Echoes(ListOf(MIXED))
    first, second, _ = echoes.crosses([fields, {**fields, "small": 1, "nothing": "x"}, fields])
    assert (first.flag, first.big, first.small, first.half, first.text) == (True, 2**63, 200, 60_000, "hé")
    assert (first.number, first.nothing, second.small, second.nothing) == (0.5, None, 1, "x")
    assert [(point.x, point.y) for point in first.points] == [(0, 0)]


def test_awkward_names() -> None:
    """Keywords of WIT and Python are fields, the latter with an underscore; so is what all classes have."""
    names = ("record", "class", "self", "mro", "none", "some-words", "SHOUT-words", "value")
    record = Record("record", tuple((name, S32) for name in names))
    attributes = ("record", "class_", "self", "mro", "none", "some_words", "shout_words", "value")
    values = dict(zip(attributes, range(8), strict=True))
    echoes = Echoes(record)
    result = echoes.crosses(values)
    assert [getattr(result, attribute) for attribute in attributes] == list(range(8))
    assert echoes.exports.Record(**values) == result


def test_many_fields() -> None:
    """A record of three hundred fields crosses in memory."""
    record = Record(
        "wide", tuple((f"field{index}", Primitive(["u8", "u64", "string"][index % 3])) for index in range(300))
    )
    value = {f"field{index}": [index % 256, index, str(index)][index % 3] for index in range(300)}
    result = Echoes(record).crosses(value)
    assert {name: getattr(result, name) for name in value} == value


def test_no_fields() -> None:
    """The format has no types without any value: an empty record is refused when the component is made."""
    with pytest.raises(ToolchainError):
        echo_component({"value": [Record("empty", ())]})


@pytest.mark.parametrize(
    ("value", "shown"),
    [({"x": 1}, "dict"), (SimpleNamespace(x=1), "SimpleNamespace"), (None, "None"), ((1, 2), "tuple")],
    ids=["dict", "object", "none", "tuple"],
)
def test_missing_field(value: object, shown: str) -> None:
    """The first missing field is named."""
    field = "y" if shown in {"dict", "SimpleNamespace"} else "x"
    assert_refused(POINT, value, TypeMismatch, f": expected point with a field `{field}`, got {shown}", good=GOOD)


def test_wrong_field() -> None:
    """A wrong field is named by the way to it."""
    assert_refused(POINT, {"x": 1, "y": "2"}, TypeMismatch, ".y: expected int (s32), got str '2'", good=GOOD)
    echoes = Echoes(MIXED)
    fields = {"flag": True, "big": 1, "small": 1, "half": 1, "text": "", "number": 0, "nothing": None}
    with pytest.raises(OutOfRange, match=r"a0\.points\[1\]\.x: expected s32"):
        echoes.keep({**fields, "points": [GOOD, {"x": 2**31, "y": 0}]})


def test_attributes_that_raise() -> None:
    """An exception of the object's own code reaches the caller as it is; but AttributeError means a missing field."""

    class Broken:
        def __init__(self, error: type[Exception]) -> None:
            self.error = error

        @property
        def x(self) -> int:
            message = "broken"
            raise self.error(message)

    echoes = Echoes(POINT)
    with pytest.raises(LookupError, match=r"^broken$"):
        echoes.keep(Broken(LookupError))
    with pytest.raises(TypeMismatch, match="point with a field `x`, got Broken"):
        echoes.keep(Broken(AttributeError))
    assert echoes.keep(GOOD).x == 0


def test_mapping_that_lies() -> None:
    """A mapping that says it has a field, and has not, raises what it raises."""

    class Liar(UserDict[str, int]):
        def __contains__(self, key: object) -> bool:
            return True

    with pytest.raises(KeyError, match="y"):
        Echoes(POINT).keep(Liar({"x": 1}))


def test_released() -> None:
    """What was given and what came back is released, also when a later field is wrong."""
    record = Record("pair", (("first", Primitive("string")), ("second", S32)))
    echoes = Echoes(record)
    value: dict[str, Any] = {"first": str(b"not interned", "ascii"), "second": 1}
    before = sys.getrefcount(value["first"]), sys.getrefcount(value)
    for _ in range(10):
        result = echoes.keep(value)
        with pytest.raises(TypeMismatch):
            echoes.keep({**value, "second": "wrong"})
    assert (sys.getrefcount(value["first"]), sys.getrefcount(value)) == before
    fresh = object()
    assert sys.getrefcount(result) == sys.getrefcount(fresh)


def test_released_classes() -> None:
    """Instances hold their class no longer than they live."""
    echoes = Echoes(POINT)
    made = echoes.exports.Point
    gc.collect()
    before = sys.getrefcount(made)
    points = [echoes.keep(GOOD) for _ in range(100)]
    del points
    assert sys.getrefcount(made) == before
