"""`enum`: a member or its WIT name goes in, the member comes out; it equals its name."""

from __future__ import annotations

import copy
import enum
import pickle

import pytest
from componium import OutOfRange, ToolchainError, TypeMismatch
from hypothesis import given
from hypothesis import strategies as st

from host.tests.echo.component import echo_component
from host.tests.echo.echoes import Echoes
from host.tests.echo.wit_types import ListOf, Members
from host.tests.values.refusal import assert_refused

COLOR = Members("color", "enum", ("red", "dark-green", "blue"))


def test_members() -> None:
    """Every member comes back as the very object, given by itself or by name."""
    echoes = Echoes(COLOR)
    color = echoes.exports.Color
    for member, name in ((color.RED, "red"), (color.DARK_GREEN, "dark-green"), (color.BLUE, "blue")):
        assert echoes.crosses(member) is member
        assert echoes.keep(name) is member
        assert member == name
    assert Echoes(ListOf(COLOR)).crosses(list(color)) == ["red", "dark-green", "blue"]


def test_class() -> None:
    """The class is an enum of strings, and its members are singletons also when copied or pickled."""
    color = Echoes(COLOR).exports.Color
    assert issubclass(color, enum.StrEnum)
    assert [member.name for member in color] == ["RED", "DARK_GREEN", "BLUE"]
    assert copy.deepcopy(color.RED) is color.RED
    assert pickle.loads(pickle.dumps(color.RED)) is color.RED  # noqa: S301


def test_name_of_another_enum() -> None:
    """A member of another enum of strings is a str, and counts by its text."""
    other = enum.StrEnum("other", {"ROT": "red"})
    echoes = Echoes(COLOR)
    assert echoes.keep(other.ROT) is echoes.exports.Color.RED


def test_awkward_names() -> None:
    """Keywords and names that enums have themselves are members."""
    names = ("none", "true", "class", "mro", "name", "value", "names", "A1-b2")
    echoes = Echoes(Members("enum", "enum", names))
    made = echoes.exports.Enum
    assert [echoes.crosses(made[attribute]) for attribute in made.__members__] == list(names)


@pytest.mark.parametrize("count", [1, 255, 256, 257, 1000])
@given(data=st.data())
def test_many(count: int, data: st.DataObject) -> None:
    """Beyond 256 cases a discriminant takes two bytes."""
    echoes = Echoes(Members("many", "enum", tuple(f"case{index}" for index in range(count))))
    name = f"case{data.draw(st.integers(0, count - 1))}"
    assert echoes.crosses(echoes.exports.Many(name)) == name


def test_no_cases() -> None:
    """An enum without cases would have no value; the format has none."""
    with pytest.raises(ToolchainError):
        echo_component({"value": [Members("never", "enum", ())]})


@pytest.mark.parametrize("value", ["green", "DARK_GREEN", "dark_green", "", "red "])
def test_unknown_name(value: str) -> None:
    """A name that the enum has not is refused, with those it has; Python's spelling is none."""
    message = f': expected one of red, dark-green, blue, got "{value}"'
    assert_refused(COLOR, value, OutOfRange, message, good="red")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "int"), (None, "None"), (b"red", "bytes"), (True, "bool True"), (["red"], "list")],
    ids=repr,
)
def test_wrong(value: object, shown: str) -> None:
    """What is no member and no str is refused; the number of a case is none."""
    assert_refused(COLOR, value, TypeMismatch, f": expected color or its name, got {shown}", good="red")
