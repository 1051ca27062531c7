"""The PyPI package `wasmtime` as oracle: it agrees wherever it is right; where it is not, a test says what it does.

A test below that fails after an update of the package means that it was improved: then the oracle may cover more.
"""

from __future__ import annotations

import math
import os
import struct
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from wasmtime import WasmtimeError
from wasmtime.component import Record as PeerRecord
from wasmtime.component import Variant as PeerVariant

from host.tests.echo.component import ENCODINGS
from host.tests.echo.echoes import Echoes
from host.tests.echo.peer import PeerEchoes, peer_same, tells_cases_apart, to_peer
from host.tests.echo.sameness import bits, same
from host.tests.echo.type_strategies import wit_types
from host.tests.echo.value_strategies import values
from host.tests.echo.wit_types import ListOf, Members, OptionOf, Primitive, Record, ResultOf, TupleOf, Variant

if TYPE_CHECKING:
    from host.tests.echo.component import Encoding
    from host.tests.echo.wit_types import WitType

EXAMPLES = int(os.environ.get("COMPONIUM_EXAMPLES", "50"))

BOOL, U8, S32, S64, F32, F64, CHAR, STRING = map(
    Primitive, ("bool", "u8", "s32", "s64", "f32", "f64", "char", "string")
)


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(data=st.data(), ty=wit_types(), encoding=st.sampled_from(ENCODINGS))
def test_agreement(data: st.DataObject, ty: WitType, encoding: Encoding) -> None:
    """The same guest sees the same values of both packages, and returns the same to both."""
    theirs = PeerEchoes(ty, encoding)
    assume(tells_cases_apart(theirs.type))
    ours = Echoes(ty, encoding=encoding)
    for value in data.draw(st.lists(values(ty, vars(ours.exports)), min_size=1, max_size=5)):
        written = to_peer(ty, theirs.type, value)
        assert peer_same(written, theirs.relay(written))
        assert peer_same(written, theirs.seen)
        assert same(value, ours.crosses(value))


# Wrong values that pass.


@pytest.mark.parametrize(
    ("ty", "value", "wrong"),
    [(U8, 256, 0), (U8, -1, 255), (U8, 2**70, 0), (S64, 2**63, -(2**63))],
    ids=["u8-256", "u8-negative", "u8-huge", "s64"],
)
def test_integers_wrap(ty: WitType, value: int, wrong: int) -> None:
    """An integer out of range becomes another one."""
    assert PeerEchoes(ty).relay(value) == wrong


def test_bool_is_an_integer() -> None:
    """True is taken for 1."""
    assert type(PeerEchoes(U8).relay(value=True)) is int


def test_large_float_becomes_infinite() -> None:
    """A float beyond f32 becomes infinite."""
    assert PeerEchoes(F32).relay(1e39) == math.inf


def test_nan_keeps_its_payload() -> None:
    """NaN comes out of the guest with sign and payload, which the specification keeps in."""
    (value,) = struct.unpack("<d", (0x7FFC_0000_0000_0001).to_bytes(8, "little"))
    assert bits(PeerEchoes(F64).relay(value)) == 0x7FFC_0000_0000_0001


def test_result_of_int_or_bool() -> None:
    """The error case of `result<s32, bool>` becomes the good case with another value."""
    assert PeerEchoes(ResultOf(S32, BOOL)).relay(value=True) == 1
    assert not tells_cases_apart(PeerEchoes(ResultOf(S32, BOOL)).type)


def test_result_at_the_top_is_not_raised() -> None:
    """The error case is returned, and looks like the good one if one does not know the type."""
    assert PeerEchoes(ResultOf(S32, STRING)).relay("no") == "no"


def test_records_equal_what_they_are_not() -> None:
    """A record without attributes equals anything."""
    assert PeerRecord() == 1


# Wrong values that end the process.


def test_surrogate_ends_the_process() -> None:
    """A surrogate as `char` aborts Python."""
    program = (
        "from host.tests.echo.peer import PeerEchoes\n"
        "from host.tests.echo.wit_types import Primitive\n"
        "PeerEchoes(Primitive('char')).relay(chr(0xD800))\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert "panicked" in ended.stderr


# Right values that do not pass.


def test_option_in_a_variant() -> None:
    """Where one case is an option, values of a later case cannot be passed."""
    ty = Variant("choice", (("first", OptionOf(U8)), ("second", STRING)))
    with pytest.raises(ValueError, match="value not valid for this variant"):
        PeerEchoes(ty).relay("text")
    ours = Echoes(ty)
    assert ours.crosses(ours.exports.Choice.Second("text")).value == "text"


@pytest.mark.parametrize(
    ("ty", "value", "result"),
    [
        (F64, 1, 1.0),
        (ListOf(U8), bytearray(b"a"), b"a"),
        (ListOf(U8), [1], b"\1"),
        (ListOf(S32), (1,), [1]),
        (TupleOf((S32,)), [1], (1,)),
        (Members("color", "flags", ("red",)), ["red"], None),
        (OptionOf(OptionOf(U8)), None, None),
    ],
    ids=[
        "int-as-float",
        "bytearray",
        "list-as-bytes",
        "tuple-as-list",
        "list-as-tuple",
        "list-as-flags",
        "nested-none",
    ],
)
def test_forms_that_are_refused(ty: WitType, value: Any, result: Any) -> None:
    """Values in other forms than the one it returns are refused."""
    with pytest.raises(TypeError, match="expected"):
        PeerEchoes(ty).relay(value)
    ours = Echoes(ty)
    assert same(ours.exports.Color.RED if isinstance(ty, Members) else result, ours.crosses(value))


def test_mappings_are_no_records() -> None:
    """A record is an object with WIT's names as attributes, which Python cannot write where they have hyphens."""
    ty = Record("point", (("far-x", S32),))
    with pytest.raises(AttributeError, match="'dict' object has no attribute 'far-x'"):
        PeerEchoes(ty).relay({"far-x": 1})
    assert Echoes(ty).crosses({"far_x": 1}).far_x == 1


def test_nested_options_are_tagged_variants() -> None:
    """Nested options go in and come out as variants with names of cases as text."""
    none, some = PeerVariant("none"), PeerVariant("some", 1)
    peer = PeerEchoes(OptionOf(OptionOf(U8)))
    assert [peer.relay(value) for value in (none, PeerVariant("some", None), some)] == [
        none,
        PeerVariant("some", None),
        some,
    ]


# Errors that do not say where.


@pytest.mark.parametrize(
    ("ty", "value", "error", "message"),
    [
        (ListOf(S32), [1, "x"], TypeError, "expected int for S32 type"),
        (STRING, chr(0xD800), UnicodeEncodeError, "surrogates not allowed"),
        (Members("color", "enum", ("red",)), "green", WasmtimeError, "enum variant name `green` is not valid"),
        (Members("color", "flags", ("red",)), {"green"}, WasmtimeError, "unknown flag: `green`"),
    ],
    ids=["element", "surrogate", "enum", "flags"],
)
def test_errors(ty: WitType, value: Any, error: type[Exception], message: str) -> None:
    """Errors name neither function nor parameter nor the way to the value."""
    with pytest.raises(error, match=message) as caught:
        PeerEchoes(ty).relay(value)
    assert "relay" not in str(caught.value)
