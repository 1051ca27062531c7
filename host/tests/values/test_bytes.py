"""`list<u8>`: any buffer of bytes or sequence of ints goes in, bytes come out."""

from __future__ import annotations

import array
import ctypes
import mmap
from typing import Any

import pytest
from componium import OutOfRange, TypeMismatch

from host.tests.echo.echoes import Echoes
from host.tests.echo.wit_types import ListOf, OptionOf, Primitive
from host.tests.values.refusal import assert_refused

BYTES = ListOf(Primitive("u8"))


class Subclass(bytes):
    """A subclass of bytes."""


def mapped(data: bytes) -> mmap.mmap:
    """Return memory of the operating system's with `data` in it."""
    memory = mmap.mmap(-1, len(data))
    memory[:] = data
    return memory


FORMS: dict[str, Any] = {
    "bytes": bytes,
    "bytearray": bytearray,
    "memoryview": memoryview,
    "subclass": Subclass,
    "array": lambda data: array.array("B", data),
    "ctypes": lambda data: (ctypes.c_uint8 * len(data)).from_buffer_copy(data),
    "list": list,
    "tuple": tuple,
    "signed": lambda data: array.array("b", list(data)),
    "wide": lambda data: array.array("q", list(data)),
    "characters": lambda data: memoryview(data).cast("c"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("length", [0, 1, 1000, 100_000])
def test_forms(form: str, length: int) -> None:
    """Whatever holds the bytes, the same come out, as bytes."""
    data = bytes(index % 127 for index in range(length))
    result = Echoes(BYTES).crosses(FORMS[form](data))
    assert type(result) is bytes
    assert result == data


def test_mapped_memory() -> None:
    """Memory that is mapped goes in as it is."""
    with mapped(b"data" * 1024) as memory:
        assert Echoes(BYTES).keep(memory) == b"data" * 1024


def test_strided() -> None:
    """Every second byte, and bytes backwards, are what they are in Python."""
    view = memoryview(bytes(range(100)))
    for part in (view[::2], view[::-1], view[5:50:7], view[10:10]):
        assert Echoes(BYTES).keep(part) == bytes(part)


def test_readonly_and_writable() -> None:
    """A buffer that must not be written goes in; one that can be is not changed, and free to change after the call."""
    echoes = Echoes(BYTES)
    data = bytearray(b"data")
    assert echoes.keep(memoryview(data).toreadonly()) == echoes.keep(data) == b"data"
    data += b" can grow"  # would raise BufferError while exported
    assert data == b"data can grow"


def test_released_after_a_failure() -> None:
    """A buffer that was taken before another argument turned out wrong is given back."""
    data = bytearray(b"data")
    with pytest.raises(TypeMismatch, match="a1: expected bool"):
        Echoes(BYTES, Primitive("bool")).keep(data, 1)
    data.clear()


def test_released_memoryview() -> None:
    """A view that was released is Python's own ValueError."""
    view = memoryview(b"data")
    view.release()
    with pytest.raises(ValueError, match="released memoryview"):
        Echoes(BYTES).keep(view)


def test_huge() -> None:
    """Ten million bytes cross."""
    data = bytes(range(250)) * 40_000
    assert Echoes(BYTES).crosses(data) == data


def test_inside() -> None:
    """In other types they are bytes too."""
    assert Echoes(ListOf(OptionOf(BYTES))).crosses([b"a", None, b""]) == [b"a", None, b""]


@pytest.mark.parametrize(
    ("value", "shown"),
    [("text", "str 'text'"), (1, "int"), (None, "None"), ({1: 2}, "dict"), (iter(b"a"), "bytes_iterator")],
    ids=["str", "int", "none", "dict", "iterator"],
)
def test_wrong(value: Any, shown: str) -> None:
    """What is neither a buffer nor a sequence is refused, text too."""
    assert_refused(BYTES, value, TypeMismatch, f": expected a sequence, got {shown}", good=b"x")


def test_wrong_elements() -> None:
    """An element that is no byte is named by its index."""
    assert_refused(BYTES, [1, 256], OutOfRange, "[1]: expected u8 (0 to 255), got 256", good=b"x")
    assert_refused(BYTES, [True], TypeMismatch, "[0]: expected int (u8), got bool True", good=b"x")
    assert_refused(BYTES, array.array("b", [1, -1]), OutOfRange, "[1]: expected u8 (0 to 255), got -1", good=b"x")
    assert_refused(BYTES, memoryview(b"\1").cast("?"), TypeMismatch, "[0]: expected int (u8), got bool True", good=b"x")
