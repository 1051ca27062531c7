"""`flags`: a set of flags, a name or names go in; an `enum.Flag` comes out."""

from __future__ import annotations

import enum
import pickle
from typing import Any

import pytest
from componium import ToolchainError, TypeMismatch
from hypothesis import given
from hypothesis import strategies as st

from host.tests.echo.component import echo_component
from host.tests.echo.echoes import Echoes
from host.tests.echo.type_strategies import MAX_FLAGS
from host.tests.echo.wit_types import ListOf, Members, Primitive, TupleOf
from host.tests.values.refusal import assert_refused

PERMISSIONS = Members("permissions", "flags", ("read", "write", "run-as"))


class Other(enum.Flag):
    """Flags of another class."""

    READ = 1


def flags_of(count: int) -> Members:
    """Return a type of so many flags."""
    return Members("many", "flags", tuple(f"flag{index}" for index in range(count)))


def test_forms() -> None:
    """A combination, names in any collection, or one name go in; a combination comes out."""
    echoes = Echoes(PERMISSIONS)
    flags = echoes.exports.Permissions
    both = flags.READ | flags.RUN_AS
    names = ["read", "run-as"]
    forms: list[Any] = [both, names, tuple(names), set(names), frozenset(names), [*names, "read"]]
    for given_form in forms:
        assert echoes.crosses(given_form) == both
    assert echoes.crosses("write") is flags.WRITE
    assert echoes.crosses([]) == flags(0)
    assert echoes.crosses(~flags.WRITE) == both


def test_class() -> None:
    """The class is an `enum.Flag`, and pickles."""
    flags = Echoes(PERMISSIONS).exports.Permissions
    assert issubclass(flags, enum.Flag)
    assert [member.name for member in flags] == ["READ", "WRITE", "RUN_AS"]
    both = flags.READ | flags.WRITE
    assert pickle.loads(pickle.dumps(both)) == both  # noqa: S301


@pytest.mark.parametrize("count", [1, 7, 8, 9, 15, 16, 17, 31, 32])
@given(data=st.data())
def test_any_number(count: int, data: st.DataObject) -> None:
    """Sets of one to 32 flags take one, two or four bytes; each flag comes back, also between other values."""
    assert count <= MAX_FLAGS
    echoes = Echoes(TupleOf((Primitive("u8"), flags_of(count), Primitive("u8"))))
    value = echoes.exports.Many(data.draw(st.integers(0, (1 << count) - 1)))
    assert echoes.crosses((1, value, 2)) == (1, value, 2)


@pytest.mark.parametrize("count", [8, 16, 32])
def test_lists(count: int) -> None:
    """In a list each set takes its own bytes."""
    echoes = Echoes(ListOf(flags_of(count)))
    values = [echoes.exports.Many(1 << index) for index in range(count)]
    assert echoes.crosses(values) == values


@pytest.mark.parametrize("count", [0, 33, 64])
def test_limits_of_the_format(count: int) -> None:
    """No flags and more than 32 are refused when the component is made."""
    with pytest.raises(ToolchainError):
        echo_component({"value": [flags_of(count)]})


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("exec", ": expected one of read, write, run-as, got str 'exec'"),
        (["read", "exec"], ": expected one of read, write, run-as, got str 'exec'"),
        (["read", 1], ": expected one of read, write, run-as, got int"),
        (["RUN_AS"], ": expected one of read, write, run-as, got str 'RUN_AS'"),
        (3, ": expected permissions or names of flags, got int"),
        (None, ": expected permissions or names of flags, got None"),
        ({"read": True}, ": expected permissions or names of flags, got dict"),
        (Other.READ, ": expected permissions or names of flags, got Other"),
    ],
    ids=repr,
)
def test_wrong(value: object, message: str) -> None:
    """Unknown names, numbers and flags of another class are refused."""
    assert_refused(PERMISSIONS, value, TypeMismatch, message, good=[])


def test_sequence_that_raises() -> None:
    """An exception of the value's own code reaches the caller as it is."""

    class Broken(list[str]):
        def __iter__(self) -> Any:
            message = "broken"
            raise LookupError(message)

    with pytest.raises(LookupError, match=r"^broken$"):
        Echoes(PERMISSIONS).keep(Broken(["read"]))
