"""`f32` and `f64`: floats and ints; every bit comes back, but of NaN there is only one."""

from __future__ import annotations

import math
import struct
import sys
from fractions import Fraction

import pytest
from componium import OutOfRange, TypeMismatch
from hypothesis import given
from hypothesis import strategies as st

from host.tests.echo.echoes import Echoes
from host.tests.echo.sameness import CANONICAL_NAN, bits, same
from host.tests.echo.wit_types import ListOf, OptionOf, Primitive
from host.tests.values.refusal import assert_refused

F32, F64 = Primitive("f32"), Primitive("f64")
EDGES = {
    F32: [0.0, -0.0, math.inf, -math.inf, 2.0**-149, -(2.0**-149), 2.0**-126, (2 - 2.0**-23) * 2.0**127],
    F64: [0.0, -0.0, math.inf, -math.inf, 5e-324, -5e-324, sys.float_info.min, sys.float_info.max],
}


@given(value=st.floats())
def test_f64(value: float) -> None:
    """Every float comes back."""
    assert same(value, Echoes(F64).crosses(value))


@given(value=st.floats(width=32))
def test_f32(value: float) -> None:
    """Every single-precision float comes back."""
    assert same(value, Echoes(F32).crosses(value))


@pytest.mark.parametrize("ty", EDGES, ids=lambda ty: ty.wit)
def test_edges(ty: Primitive) -> None:
    """The sign of zero, infinities, subnormal and extreme numbers come back, alone and in lists."""
    for value in EDGES[ty]:
        assert same(value, Echoes(ty).crosses(value))
        assert same(value, Echoes(OptionOf(ty)).crosses(value))
    assert same(EDGES[ty], Echoes(ListOf(ty)).crosses(EDGES[ty]))


@pytest.mark.parametrize("ty", EDGES, ids=lambda ty: ty.wit)
@pytest.mark.parametrize(
    "pattern", [CANONICAL_NAN, 0xFFF8_0000_0000_0000, 0x7FFC_0000_2000_0001, 0x7FF8_DEAD_0000_0000]
)
def test_nan(ty: Primitive, pattern: int) -> None:
    """Whatever sign and payload a NaN has, the canonical one comes out."""
    (value,) = struct.unpack("<d", pattern.to_bytes(8, "little"))
    assert bits(Echoes(ty).crosses(value)) == CANONICAL_NAN
    assert [bits(item) for item in Echoes(ListOf(ty)).crosses([value])] == [CANONICAL_NAN]


@pytest.mark.parametrize("ty", EDGES, ids=lambda ty: ty.wit)
def test_int(ty: Primitive) -> None:
    """An int is a float, and so is an object with `__float__`."""
    assert same(3.0, Echoes(ty).keep(3))
    assert same(0.5, Echoes(ty).keep(Fraction(1, 2)))


def test_rounding() -> None:
    """A float is rounded to the nearest that f32 has, also where that is its greatest."""
    echoes = Echoes(F32)
    assert echoes.keep(0.1) == struct.unpack("<f", struct.pack("<f", 0.1))[0]
    most = EDGES[F32][-1]
    assert echoes.keep(math.nextafter(most, math.inf)) == most


@pytest.mark.parametrize("value", [1e39, -1e39, sys.float_info.max, 2**200])
def test_too_large_for_f32(value: float) -> None:
    """A number beyond f32 is refused, not made infinite."""
    with pytest.raises(OutOfRange, match=r"a0: expected f32 \(at most 3\.4028235e38 in size\), got "):
        Echoes(F32).keep(value)


@pytest.mark.parametrize("ty", EDGES, ids=lambda ty: ty.wit)
def test_too_large_for_a_float(ty: Primitive) -> None:
    """An int that Python cannot make a float of is refused."""
    assert_refused(ty, 10**400, OutOfRange, f": expected {ty.wit}, got an int beyond its range", good=1.0)


@pytest.mark.parametrize("ty", EDGES, ids=lambda ty: ty.wit)
@pytest.mark.parametrize(
    ("value", "shown"),
    [("1", "str '1'"), (True, "bool True"), (None, "None"), (1j, "complex"), ([1.0], "list")],
    ids=repr,
)
def test_wrong(ty: Primitive, value: object, shown: str) -> None:
    """What is no number is refused; a bool is none."""
    assert_refused(ty, value, TypeMismatch, f": expected float, got {shown}", good=1.0)


class Broken:
    """An object whose `__float__` raises."""

    def __init__(self, error: Exception) -> None:
        """Raise `error`."""
        self._error = error

    def __float__(self) -> float:
        """Raise."""
        raise self._error


@pytest.mark.parametrize("error", [LookupError("broken"), TypeError("broken"), OverflowError("broken")], ids=repr)
def test_float_that_raises(error: Exception) -> None:
    """An exception of the value's own code reaches the caller as it is."""
    echoes = Echoes(F64)
    with pytest.raises(type(error), match=r"^broken$") as caught:
        echoes.keep(Broken(error))
    assert caught.value is error
    assert echoes.crosses(1.0) == 1.0
