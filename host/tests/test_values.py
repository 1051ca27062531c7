"""Values of every type cross four times: into the guest, out to a host function, back, and out to the caller."""

from __future__ import annotations

import array
import math
import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from componium import Err, GuestError, Ok, OutOfRange, Some, TypeMismatch
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

    import componium


class Echoes:
    """A host whose functions return their argument, and remember it."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self.seen: Any = None

    def __getattr__(self, name: str) -> Any:
        """Give the function for any name of the interface."""
        if name == "join":
            return self.join
        if name == "nothing":
            return lambda: None
        return self.echo

    def echo(self, value: Any) -> Any:
        """Remember and return."""
        self.seen = value
        return value

    def join(self, *parts: Any) -> str:
        """Join all arguments, so that each is seen to arrive in its place."""
        return "|".join(map(str, parts))


@pytest.fixture(scope="module")
def host() -> Echoes:
    """Give the functions that the guest imports."""
    return Echoes()


@pytest.fixture(scope="module")
def echoes(values: componium.Component, host: Echoes) -> Iterator[componium.Exports]:
    """Give the exports of an instance."""
    with values.instantiate({"echoes": host}) as instance:
        yield instance.echoes


INTEGERS = {
    "s8": (-(2**7), 2**7 - 1),
    "u8": (0, 2**8 - 1),
    "s16": (-(2**15), 2**15 - 1),
    "u16": (0, 2**16 - 1),
    "s32": (-(2**31), 2**31 - 1),
    "u32": (0, 2**32 - 1),
    "s64": (-(2**63), 2**63 - 1),
    "u64": (0, 2**64 - 1),
}


def crosses(echoes: componium.Exports, host: Echoes, function: str, value: object) -> Any:
    """Check that the host function saw what the caller gets, and return that."""
    result = getattr(echoes, function)(value)
    assert repr(host.seen) == repr(result)
    return result


@pytest.mark.parametrize("name", INTEGERS)
@given(data=st.data())
def test_integers(echoes: componium.Exports, host: Echoes, name: str, data: st.DataObject) -> None:
    """Every integer of the range comes back unchanged."""
    value = data.draw(st.integers(*INTEGERS[name]))
    assert crosses(echoes, host, f"echo_{name}", value) == value


@pytest.mark.parametrize("name", INTEGERS)
def test_integer_limits(echoes: componium.Exports, host: Echoes, name: str) -> None:
    """The least and the greatest number cross; the next one does not, and says why."""
    least, most = INTEGERS[name]
    for value in (least, most):
        assert crosses(echoes, host, f"echo_{name}", value) == value
    for value in (least - 1, most + 1, 2**100):
        with pytest.raises(OutOfRange, match=rf"echo-{name}\(\): value: expected {name} .*, got {value}"):
            getattr(echoes, f"echo_{name}")(value)


@pytest.mark.parametrize("value", [True, 1.0, "1", None, [1]], ids=repr)
def test_not_integers(echoes: componium.Exports, value: object) -> None:
    """A bool is no int, and neither is anything that only looks like a number."""
    with pytest.raises(TypeMismatch, match=r"echoes.echo-u32\(\): value: expected int \(u32\), got"):
        echoes.echo_u32(value)


def test_index(echoes: componium.Exports) -> None:
    """An object with `__index__` is an int."""

    class Index:
        def __index__(self) -> int:
            return 7

    assert echoes.echo_u8(Index()) == 7


def test_index_that_raises(echoes: componium.Exports) -> None:
    """An exception of the value's own code reaches the caller as it is; the instance goes on."""

    class Broken:
        def __index__(self) -> int:
            message = "broken"
            raise LookupError(message)

    with pytest.raises(LookupError, match="broken"):
        echoes.echo_u8(Broken())
    assert echoes.echo_u8(1) == 1


@pytest.mark.parametrize("value", [0, 1, "true", None], ids=repr)
def test_not_bool(echoes: componium.Exports, value: object) -> None:
    """Only True and False are bool."""
    assert echoes.echo_bool(True) is True  # noqa: FBT003
    assert echoes.echo_bool(False) is False  # noqa: FBT003
    with pytest.raises(TypeMismatch, match="expected bool"):
        echoes.echo_bool(value)


@given(value=st.floats(allow_nan=False))
def test_f64(echoes: componium.Exports, host: Echoes, value: float) -> None:
    """Every float comes back, the sign of zero included."""
    result = crosses(echoes, host, "echo_f64", value)
    assert math.copysign(1, value) == math.copysign(1, result)
    assert result == value


@given(value=st.floats(width=32, allow_nan=False))
def test_f32(echoes: componium.Exports, host: Echoes, value: float) -> None:
    """Every single-precision float comes back."""
    assert crosses(echoes, host, "echo_f32", value) == value


def test_float_edges(echoes: componium.Exports) -> None:
    """NaN stays NaN, an int is a float, and a float too large for f32 is refused."""
    assert math.isnan(echoes.echo_f64(math.nan))
    assert math.isnan(echoes.echo_f32(math.nan))
    assert echoes.echo_f64(3) == 3.0
    with pytest.raises(OutOfRange, match="expected f32"):
        echoes.echo_f32(1e300)
    with pytest.raises(TypeMismatch, match="expected float"):
        echoes.echo_f64("1")


@given(value=st.characters(codec="utf-8"))
def test_char(echoes: componium.Exports, host: Echoes, value: str) -> None:
    """Every Unicode scalar value comes back."""
    assert crosses(echoes, host, "echo_char", value) == value


@pytest.mark.parametrize("value", ["", "ab", "\ud800"], ids=ascii)
def test_not_char(echoes: componium.Exports, value: str) -> None:
    """A char is one character, and no surrogate."""
    with pytest.raises(OutOfRange, match=r"echo-char\(\): value"):
        echoes.echo_char(value)


@given(value=st.text(st.characters(codec="utf-8")))
def test_string(echoes: componium.Exports, host: Echoes, value: str) -> None:
    """Every text comes back."""
    assert crosses(echoes, host, "echo_string", value) == value


def test_string_edges(echoes: componium.Exports) -> None:
    """A large text crosses; a lone surrogate and bytes do not."""
    large = "é" * 500_000
    assert echoes.echo_string(large) == large
    with pytest.raises(OutOfRange, match="surrogates"):
        echoes.echo_string("\ud800")
    with pytest.raises(TypeMismatch, match="expected str, got bytes"):
        echoes.echo_string(b"bytes")


@pytest.mark.parametrize(
    "make",
    [bytes, bytearray, memoryview, lambda data: array.array("B", data), list, tuple],
    ids=["bytes", "bytearray", "memoryview", "array", "list", "tuple"],
)
@pytest.mark.parametrize("length", [0, 1, 1000, 1 << 20])
def test_bytes(echoes: componium.Exports, make: Any, length: int) -> None:
    """Any buffer of bytes, or sequence of ints, goes in; bytes come out."""
    data = bytes(index % 251 for index in range(length))
    result = echoes.echo_bytes(make(data))
    assert type(result) is bytes
    assert result == data


@pytest.mark.parametrize(("function", "code"), [("echo_floats", "d"), ("echo_shorts", "h")])
def test_number_buffers(echoes: componium.Exports, function: str, code: str) -> None:
    """A buffer of the list's own element type is copied whole, and equals the same list."""
    numbers = array.array(code, range(-1000, 1000))
    assert getattr(echoes, function)(numbers) == numbers.tolist()
    assert getattr(echoes, function)(numbers.tolist()) == numbers.tolist()
    assert getattr(echoes, function)(memoryview(numbers)[::2]) == numbers.tolist()[::2]


def test_foreign_buffer(echoes: componium.Exports) -> None:
    """A buffer of another element type is converted number by number."""
    assert echoes.echo_floats(array.array("i", [1, 2])) == [1.0, 2.0]
    with pytest.raises(OutOfRange, match=r"value\[1\]: expected s16"):
        echoes.echo_shorts(array.array("q", [1, 1 << 40]))


@given(value=st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=5), max_size=4), max_size=4))
def test_nested_lists(echoes: componium.Exports, host: Echoes, value: list[list[str]]) -> None:
    """Lists of lists come back."""
    assert crosses(echoes, host, "echo_nested", value) == value


def test_path_of_a_problem(echoes: componium.Exports) -> None:
    """The error names function, parameter and the way to the bad value."""
    with pytest.raises(TypeMismatch, match=r"^echoes.echo-nested\(\): value\[1\]\[0\]: expected str, got int$"):
        echoes.echo_nested([["a"], [1]])
    with pytest.raises(TypeMismatch, match=r"value: expected a sequence, got str 'abc'"):
        echoes.echo_strings("abc")


def test_tuple(echoes: componium.Exports, host: Echoes) -> None:
    """Tuples come back as tuples; a wrong number of elements is refused."""
    assert crosses(echoes, host, "echo_tuple", (1, "two", 3.0)) == (1, "two", 3.0)
    with pytest.raises(OutOfRange, match="expected 3 elements, got 2"):
        echoes.echo_tuple((1, "two"))


@dataclass
class Point:
    """An application's own class, which happens to have a record's fields."""

    x: int
    y: int


def test_record(echoes: componium.Exports, host: Echoes) -> None:
    """A mapping, any object with the fields, and the record's own class go in; the frozen dataclass comes out."""
    point = crosses(echoes, host, "echo_point", Point(1, -2))
    assert (point.x, point.y) == (1, -2)
    assert repr(point) == "Point(x=1, y=-2)"
    assert echoes.echo_point(point) == echoes.echo_point({"x": 1, "y": -2}) == point
    with pytest.raises(AttributeError):
        point.x = 3
    with pytest.raises(TypeMismatch, match="expected point with a field `y`, got dict"):
        echoes.echo_point({"x": 1})
    with pytest.raises(TypeMismatch, match=r"value\.y: expected int"):
        echoes.echo_point({"x": 1, "y": "2"})


def test_mixed_record(echoes: componium.Exports, host: Echoes) -> None:
    """A record with fields of different sizes comes back, each field in its place."""
    fields = {"flag": True, "small": 200, "big": 2**63, "text": "hé", "points": [Point(1, 2)], "nothing": None}
    mixed = crosses(echoes, host, "echo_mixed", fields)
    assert (mixed.flag, mixed.small, mixed.big, mixed.text, mixed.nothing) == (True, 200, 2**63, "hé", None)
    assert [(point.x, point.y) for point in mixed.points] == [(1, 2)]


def test_variant(echoes: componium.Exports, host: Echoes) -> None:
    """Every case comes back as its class, with and without payload."""
    cases = echoes.Shape
    for value in [cases.Nowhere(), cases.Circle(1.5), cases.Label("a"), cases.Square(0.5), cases.Polygon([])]:
        assert crosses(echoes, host, "echo_shape", value) == value
    match echoes.echo_shape(cases.Circle(2.0)):
        case cases.Circle(value=radius):
            assert radius == 2.0
        case other:
            pytest.fail(f"{other} is no circle")
    shapes = [cases.Polygon([Point(1, 2), Point(3, 4)]), cases.Nowhere(), cases.Square(1.0)]
    assert [type(found) for found in echoes.echo_shapes(shapes)] == [type(given) for given in shapes]
    with pytest.raises(TypeMismatch, match=r"expected a case of shape \(nowhere, circle, polygon, label, square\)"):
        echoes.echo_shape("circle")


def test_enum(echoes: componium.Exports, host: Echoes) -> None:
    """A member or its WIT name goes in, the member comes out; it equals its name."""
    assert crosses(echoes, host, "echo_color", echoes.Color.DARK_GREEN) is echoes.Color.DARK_GREEN
    assert echoes.echo_color("dark-green") is echoes.Color.DARK_GREEN == "dark-green"
    with pytest.raises(OutOfRange, match='expected one of red, dark-green, blue, got "green"'):
        echoes.echo_color("green")
    with pytest.raises(TypeMismatch, match="expected color or its name, got int"):
        echoes.echo_color(1)


def test_flags(echoes: componium.Exports, host: Echoes) -> None:
    """A set of flags, a name or names go in; a set of flags comes out."""
    flags = echoes.Permissions
    assert crosses(echoes, host, "echo_permissions", flags.READ | flags.RUN) == flags.READ | flags.RUN
    assert echoes.echo_permissions(["read", "run"]) == flags.READ | flags.RUN
    assert echoes.echo_permissions("write") == flags.WRITE
    assert echoes.echo_permissions([]) == flags(0)
    with pytest.raises(TypeMismatch, match="expected one of read, write, run, got str 'exec'"):
        echoes.echo_permissions(["exec"])


@given(bits=st.integers(0, 2**17 - 1))
def test_many_flags(echoes: componium.Exports, host: Echoes, bits: int) -> None:
    """Seventeen flags take a word of 32 bits; each comes back."""
    value = echoes.Many(bits)
    assert crosses(echoes, host, "echo_many", value) == value


def test_option(echoes: componium.Exports, host: Echoes) -> None:
    """None and a value come back; where options are nested, `Some` tells the levels apart."""
    assert crosses(echoes, host, "echo_option", None) is None
    assert crosses(echoes, host, "echo_option", 7) == 7
    for value in (None, Some(None), Some("text")):
        assert crosses(echoes, host, "echo_options", value) == value
    with pytest.raises(TypeMismatch, match=r"None or componium\.Some"):
        echoes.echo_options("text")


def test_result(echoes: componium.Exports, host: Echoes) -> None:
    """Inside other types results are `Ok` and `Err`; at the top the error is raised, and the instance goes on."""
    results = [Ok(1), Err("no"), Ok(-5)]
    assert crosses(echoes, host, "echo_results", results) == results
    assert echoes.echo_result(Ok(5)) == 5
    with pytest.raises(GuestError) as caught:
        echoes.echo_result(Err("no"))
    assert caught.value.value == "no"
    assert echoes.echo_bare_result(Ok()) is None
    with pytest.raises(GuestError):
        echoes.echo_bare_result(Err())
    with pytest.raises(TypeMismatch, match=r"expected componium\.Ok or componium\.Err, got int"):
        echoes.echo_result(5)


def test_parameters_in_memory(echoes: componium.Exports) -> None:
    """More than 16 core values travel in memory, in both directions."""
    assert echoes.join("1", "2", "3", "4", "5", "6", "7", "8", 9) == "1|2|3|4|5|6|7|8|9"
    with pytest.raises(OutOfRange, match=r"echoes.join\(\): last: expected u8"):
        echoes.join("1", "2", "3", "4", "5", "6", "7", "8", 256)


def test_no_result(echoes: componium.Exports) -> None:
    """A function without a result returns None."""
    assert echoes.nothing() is None


def test_a_wrong_value_changes_nothing(echoes: componium.Exports) -> None:
    """After a refused value the instance answers as before."""
    with pytest.raises(TypeMismatch):
        echoes.echo_strings(["good", 1])
    assert echoes.echo_strings(["good"]) == ["good"]


def test_pickled_record(echoes: componium.Exports) -> None:
    """A record survives pickling, and copies into other processes."""
    point = echoes.echo_point({"x": 1, "y": 2})
    assert pickle.loads(pickle.dumps(point)) == point  # noqa: S301
