"""`s8` to `u64`: ints in range, and objects with `__index__`; a bool is no int."""

from __future__ import annotations

import enum
from typing import Any

import pytest
from componium import OutOfRange, TypeMismatch
from hypothesis import given
from hypothesis import strategies as st

from host.tests.echo.echoes import Echoes
from host.tests.echo.value_strategies import INTEGERS
from host.tests.echo.wit_types import ListOf, Primitive
from host.tests.values.refusal import assert_refused


@pytest.fixture(params=INTEGERS)
def name(request: pytest.FixtureRequest) -> str:
    """Give the name of each type in turn."""
    return str(request.param)


@given(data=st.data())
@pytest.mark.parametrize("name", INTEGERS)
def test_range(name: str, data: st.DataObject) -> None:
    """Every integer of the range comes back."""
    value = data.draw(st.integers(*INTEGERS[name]))
    result = Echoes(Primitive(name)).crosses(value)
    assert type(result) is int
    assert result == value


def test_limits(name: str) -> None:
    """The least and the greatest number cross; the ones beyond do not, and do not wrap."""
    least, most = INTEGERS[name]
    echoes = Echoes(Primitive(name))
    assert [echoes.crosses(least), echoes.crosses(most)] == [least, most]
    for value in (least - 1, most + 1, 2**100, -(2**100)):
        message = f": expected {name} ({least} to {most}), got {value}"
        assert_refused(Primitive(name), value, OutOfRange, message, good=1)


def test_more_digits_than_python_writes() -> None:
    """A number that has no decimal text, by Python's limit of digits, is refused all the same."""
    message = ": expected u64 (0 to 18446744073709551615), got a larger number"
    assert_refused(Primitive("u64"), 1 << 100_000, OutOfRange, message, good=1)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "bool True"),
        (1.0, "float"),
        ("1", "str '1'"),
        (b"1", "bytes"),
        (None, "None"),
        ([1], "list"),
        (1j, "complex"),
    ],
    ids=repr,
)
def test_wrong(name: str, value: object, shown: str) -> None:
    """What only looks like a number is refused."""
    assert_refused(Primitive(name), value, TypeMismatch, f": expected int ({name}), got {shown}", good=1)


class Shade(enum.IntEnum):
    """Members that are ints."""

    DARK = 7


class Celsius(int):
    """An int whose own methods say something else."""

    def __index__(self) -> int:
        """Lie: an int's value is the int itself."""
        return 99

    def __int__(self) -> int:
        """Lie."""
        return 99

    def __repr__(self) -> str:
        """Lie."""
        return "99"


class Index:
    """An object that is an int by `__index__`."""

    def __init__(self, value: Any) -> None:
        """Answer with `value`."""
        self._value = value

    def __index__(self) -> Any:
        """Return the value, or raise it."""
        if isinstance(self._value, Exception):
            raise self._value
        return self._value


@pytest.mark.parametrize("value", [Shade.DARK, Celsius(7), Index(7)], ids=["enum", "subclass", "index"])
def test_other_ints(name: str, value: Any) -> None:
    """Subclasses of int and objects with `__index__` are ints; a plain int comes out."""
    echoes = Echoes(Primitive(name))
    assert echoes.relay(value) == 7
    assert type(echoes.keep(value)) is int
    assert list(Echoes(ListOf(Primitive(name))).keep([value])) == [7]


def test_index_out_of_range(name: str) -> None:
    """What `__index__` returns is checked like an int."""
    with pytest.raises(OutOfRange, match=rf"a0: expected {name}"):
        Echoes(Primitive(name)).keep(Index(1 << 64))


@pytest.mark.parametrize("error", [LookupError("broken"), TypeError("broken"), ValueError("broken")], ids=repr)
def test_index_that_raises(name: str, error: Exception) -> None:
    """An exception of the value's own code reaches the caller as it is; the guest goes on."""
    echoes = Echoes(Primitive(name))
    with pytest.raises(type(error), match=r"^broken$") as caught:
        echoes.keep(Index(error))
    assert caught.value is error
    assert echoes.crosses(1) == 1


def test_index_that_lies(name: str) -> None:
    """An `__index__` that returns no int is Python's own TypeError."""
    with pytest.raises(TypeError, match="__index__ returned non-int"):
        Echoes(Primitive(name)).keep(Index("7"))
