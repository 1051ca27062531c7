"""`bool`: True and False, nothing else."""

from __future__ import annotations

import pytest
from componium import TypeMismatch

from host.tests.echo.echoes import Echoes
from host.tests.echo.wit_types import ListOf, Primitive
from host.tests.values.refusal import assert_refused

BOOL = Primitive("bool")


@pytest.mark.parametrize("value", [True, False])
def test_both(value: bool) -> None:  # noqa: FBT001
    """Both come back as the very objects."""
    assert Echoes(BOOL).crosses(value) is value


def test_list() -> None:
    """A list takes a byte for each."""
    value = [True, False, False, True] * 100
    assert Echoes(ListOf(BOOL)).crosses(value) == value


def test_buffer() -> None:
    """A buffer of bools is a sequence of them."""
    assert Echoes(ListOf(BOOL)).crosses(memoryview(b"\0\1").cast("?")) == [False, True]


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "int"), (1, "int"), (1.0, "float"), ("true", "str 'true'"), (None, "None"), ([], "list")]
)
def test_wrong(value: object, shown: str) -> None:
    """What is only true or false in an `if` is no bool."""
    assert_refused(BOOL, value, TypeMismatch, f": expected bool, got {shown}", good=True)
