"""`char`: a str of one character that is a Unicode scalar value."""

from __future__ import annotations

import pytest
from componium import OutOfRange, TypeMismatch
from hypothesis import given

from host.tests.echo.component import ENCODINGS, Encoding
from host.tests.echo.echoes import Echoes
from host.tests.echo.value_strategies import characters
from host.tests.echo.wit_types import ListOf, Primitive
from host.tests.values.refusal import assert_refused

CHAR = Primitive("char")


@given(value=characters)
def test_any(value: str) -> None:
    """Every Unicode scalar value comes back."""
    assert Echoes(CHAR).crosses(value) == value


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_edges(encoding: Encoding) -> None:
    """The first, the last and those beside the surrogates come back, however the guest encodes strings."""
    edges = ["\0", "\x7f", "\x80", "\xff", "\u0100", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff"]
    assert Echoes(ListOf(CHAR), encoding=encoding).crosses(edges) == edges


def test_subclass() -> None:
    """A subclass of str is its characters, whatever its methods say; a plain str comes out."""

    class Liar(str):
        __slots__ = ()

        def __len__(self) -> int:
            return 1

        def __str__(self) -> str:
            return "lie"

    assert type(Echoes(CHAR).keep(Liar("x"))) is str
    with pytest.raises(OutOfRange, match="expected one character, got 2"):
        Echoes(CHAR).keep(Liar("xy"))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", ": expected one character, got 0"),
        ("ab", ": expected one character, got 2"),
        (chr(0xD800), ": expected a character, got a surrogate"),
        (chr(0xDFFF), ": expected a character, got a surrogate"),
    ],
    ids=ascii,
)
def test_not_one(value: str, message: str) -> None:
    """Less or more than one character, or a surrogate, is refused."""
    assert_refused(CHAR, value, OutOfRange, message, good="x")


@pytest.mark.parametrize(("value", "shown"), [(97, "int"), (b"a", "bytes"), (None, "None"), (["a"], "list")], ids=repr)
def test_wrong(value: object, shown: str) -> None:
    """What is no str is refused."""
    assert_refused(CHAR, value, TypeMismatch, f": expected a str of one character, got {shown}", good="x")
