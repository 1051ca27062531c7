"""`string`: text of Unicode scalar values, in every encoding that guests use."""

from __future__ import annotations

import sys

import pytest
from componium import OutOfRange, TypeMismatch
from hypothesis import given
from hypothesis import strategies as st

from host.tests.echo.component import ENCODINGS, Encoding
from host.tests.echo.echoes import Echoes
from host.tests.echo.value_strategies import texts
from host.tests.echo.wit_types import ListOf, Primitive
from host.tests.values.refusal import assert_refused

STRING = Primitive("string")

#: Texts that encodings treat differently: by width of their characters, and where the width changes.
EDGES = [
    "",
    "a",
    "\0",
    "a\0b",
    "\x7f\x80\xff",
    "\xff\u0100",
    "\u0100",
    "é" * 1000,
    "日本",
    "a😀b",
    "😀" * 1000,
    "\ufeffa",
]


@given(value=texts, encoding=st.sampled_from(ENCODINGS))
def test_any(value: str, encoding: Encoding) -> None:
    """Every text comes back, in all encodings."""
    assert Echoes(STRING, encoding=encoding).crosses(value) == value


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_edges(encoding: Encoding) -> None:
    """Texts of any width of characters come back, alone and beside each other."""
    for value in EDGES:
        assert Echoes(STRING, encoding=encoding).crosses(value) == value
    assert Echoes(ListOf(STRING), encoding=encoding).crosses(EDGES) == EDGES


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("character", ["a", "é", "日", "😀"])
def test_large(encoding: Encoding, character: str) -> None:
    """A text of a million characters comes back."""
    value = character * 1_000_000
    assert Echoes(STRING, encoding=encoding).keep(value) == value


def test_subclass() -> None:
    """A subclass of str is its characters, whatever its methods say; a plain str comes out."""

    class Liar(str):
        __slots__ = ()

        def __str__(self) -> str:
            return "lie"

        def encode(self, *_: object) -> bytes:
            return b"lie"

    result = Echoes(STRING).keep(Liar("truth"))
    assert type(result) is str
    assert result == "truth"


@pytest.mark.parametrize("value", ["\ud800", "a\udfffb", "\ud83d\ude00"], ids=ascii)
def test_surrogates(value: str) -> None:
    """Surrogates are no text, not even in pairs."""
    message = ": expected text of Unicode scalar values, got a str with surrogates"
    assert_refused(STRING, value, OutOfRange, message, good="x")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(b"bytes", "bytes"), (1, "int"), (None, "None"), (["a"], "list"), (True, "bool True")],
    ids=repr,
)
def test_wrong(value: object, shown: str) -> None:
    """What is no str is refused, bytes too."""
    assert_refused(STRING, value, TypeMismatch, f": expected str, got {shown}", good="x")


def test_released() -> None:
    """A text that was given is released after the call, and so is one that came back."""
    echoes = Echoes(STRING)
    value = str(b"not interned", "ascii")
    before = sys.getrefcount(value)
    for _ in range(10):
        result = echoes.keep(value)
    assert sys.getrefcount(value) == before
    fresh = object()
    assert sys.getrefcount(result) == sys.getrefcount(fresh)
