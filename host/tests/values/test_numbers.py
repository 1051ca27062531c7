"""Lists of numbers: buffers of the same numbers are copied whole, others number by number; lists come out."""

from __future__ import annotations

import array
import ctypes
import math
import struct
from typing import Any

import pytest
from componium import OutOfRange, TypeMismatch

from host.tests.echo.echoes import Echoes
from host.tests.echo.sameness import CANONICAL_NAN, bits, same
from host.tests.echo.spelling_strategies import ARRAY_CODES
from host.tests.echo.value_strategies import INTEGERS
from host.tests.echo.wit_types import ListOf, Primitive
from host.tests.values.refusal import assert_refused

#: The type of C that each number type is.
CTYPES: dict[str, Any] = {
    **{name: getattr(ctypes, f"c_{'u' * name.startswith('u')}int{name[1:]}") for name in INTEGERS},
    "f32": ctypes.c_float,
    "f64": ctypes.c_double,
}
NUMBERS: dict[str, list[Any]] = {
    **{name: [least, 0, 1, 2, 3, most] for name, (least, most) in INTEGERS.items()},
    **{name: [0.5, -0.0, math.inf, -1.5, 2.0, 3.0] for name in ("f32", "f64")},
}


@pytest.fixture(params=[name for name in NUMBERS if name != "u8"])
def name(request: pytest.FixtureRequest) -> str:
    """Give the name of each type in turn; `u8` has a module of its own."""
    return str(request.param)


def array_of(name: str, numbers: list[Any]) -> array.array[Any]:
    """Return an array of the type's own elements."""
    return array.array(ARRAY_CODES[name], numbers)


def test_array(name: str) -> None:
    """An array of the same elements equals the list of them."""
    result = Echoes(ListOf(Primitive(name))).crosses(array_of(name, NUMBERS[name]))
    assert same(NUMBERS[name], result)


@pytest.mark.parametrize("form", [list, tuple, memoryview], ids=["list", "tuple", "memoryview"])
def test_forms(name: str, form: Any) -> None:
    """Lists, tuples and views go in alike."""
    given = form(array_of(name, NUMBERS[name]))
    assert same(NUMBERS[name], Echoes(ListOf(Primitive(name))).keep(given))


def test_ctypes(name: str) -> None:
    """An array of ctypes, whose format is of standard size, is copied whole as well."""
    values = NUMBERS[name]
    assert same(values, Echoes(ListOf(Primitive(name))).crosses((CTYPES[name] * len(values))(*values)))
    strided = memoryview((CTYPES[name] * len(values))(*values))[::2]
    assert same(values[::2], Echoes(ListOf(Primitive(name))).keep(strided))


@pytest.mark.parametrize("code", ["l", "L", "n", "N", "q", "Q"])
def test_native_sizes(code: Any) -> None:
    """A format of native size is told by its size, which depends on the machine."""
    data = struct.pack(f"{code}" * 3, 1, 2, 3)
    for name in ("s64", "u32"):
        assert Echoes(ListOf(Primitive(name))).keep(memoryview(data).cast(code)) == [1, 2, 3]


def test_strided(name: str) -> None:
    """Every second number, numbers backwards and none at all are what they are in Python."""
    view = memoryview(array_of(name, NUMBERS[name]))
    for part in (view[::2], view[::-1], view[1:1]):
        assert same(part.tolist(), Echoes(ListOf(Primitive(name))).keep(part))


def test_unaligned(name: str) -> None:
    """Numbers at an odd address are what they are in Python."""
    data = b"\0" + bytes(array_of(name, NUMBERS[name]))
    code: Any = ARRAY_CODES[name]
    view = memoryview(data)[1:].cast(code)
    assert same(view.tolist(), Echoes(ListOf(Primitive(name))).keep(view))


@pytest.mark.parametrize("length", [0, 1, 1_000_000])
def test_length(length: int) -> None:
    """An empty buffer, and one of a million numbers."""
    numbers = array.array("d", range(length))
    assert Echoes(ListOf(Primitive("f64"))).keep(numbers) == numbers.tolist()


def test_other_elements() -> None:
    """A buffer of other elements is converted number by number, each checked."""
    assert Echoes(ListOf(Primitive("f64"))).keep(array.array("i", [1, 2])) == [1.0, 2.0]
    assert Echoes(ListOf(Primitive("u16"))).keep(b"\1\2") == [1, 2]
    s16 = ListOf(Primitive("s16"))
    far = ": expected s16 (-32768 to 32767), got 1099511627776"
    assert_refused(s16, array.array("q", [1, 1 << 40]), OutOfRange, f"[1]{far}", good=[1])
    assert_refused(s16, array.array("d", [1.0]), TypeMismatch, "[0]: expected int (s16), got float", good=[1])


def test_nan_in_buffers() -> None:
    """A NaN that was copied whole comes out as the canonical one."""
    numbers = array.array("d")
    numbers.frombytes(struct.pack("<Q", 0xFFF8_0000_0000_0123))
    assert [bits(number) for number in Echoes(ListOf(Primitive("f64"))).crosses(numbers)] == [CANONICAL_NAN]


def test_other_dimensions() -> None:
    """A buffer of two dimensions, or of none, is no list."""
    square = memoryview(bytes(16)).cast("i", (2, 2))
    message = ": expected a sequence, or a buffer of one dimension, got memoryview"
    assert_refused(ListOf(Primitive("s32")), square, TypeMismatch, message, good=[1])
    message = ": expected a sequence, or a buffer of one dimension, got c_int"
    assert_refused(ListOf(Primitive("s32")), ctypes.c_int(1), TypeMismatch, message, good=[1])


def test_other_byte_order() -> None:
    """Numbers in an order of bytes that Python cannot read either are refused, not taken for others."""
    swapped = memoryview((ctypes.c_uint32.__ctype_be__ * 2)(1, 2))
    message = ": expected a sequence, or a buffer whose elements Python can read, got memoryview"
    assert_refused(ListOf(Primitive("u32")), swapped, TypeMismatch, message, good=[1])


def test_arrays(name: str) -> None:
    """On demand buffers come out, for callers and for host functions, also of none and in other types."""
    echoes = Echoes(ListOf(Primitive(name)), arrays=True)
    for numbers in (NUMBERS[name], []):
        result = echoes.crosses(numbers)
        assert result == array_of(name, numbers)
        assert result.format == ARRAY_CODES[name]
        assert result.readonly
        assert echoes.crosses(result) == result
    nested = Echoes(ListOf(ListOf(Primitive(name))), arrays=True).keep([NUMBERS[name]])
    assert nested == [array_of(name, NUMBERS[name])]
