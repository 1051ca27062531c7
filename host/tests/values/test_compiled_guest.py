"""Values cross guests that compilers made, in Rust and C with generated bindings: other readers of the same layouts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import componium
import pytest
from componium import Err, GuestError, Ok, OutOfRange
from hypothesis import given
from hypothesis import strategies as st

from host.tests.conftest import guest, native_guest
from host.tests.echo.sameness import same
from host.tests.echo.value_strategies import values as values_of
from host.tests.echo.wit_types import ListOf, Members, OptionOf, Primitive, Record, ResultOf, TupleOf, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from host.tests.echo.wit_types import WitType

POINT = Record("point", (("x", Primitive("s32")), ("y", Primitive("s32"))))
STRING = Primitive("string")

#: The types of the functions of `tests/guests/values/wit`, each of which returns what the host's function returns.
FUNCTIONS: dict[str, WitType] = {
    **{f"echo_{name}": Primitive(name) for name in ("bool", "s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64")},
    **{f"echo_{name}": Primitive(name) for name in ("f32", "f64", "char", "string")},
    "echo_bytes": ListOf(Primitive("u8")),
    "echo_floats": ListOf(Primitive("f64")),
    "echo_shorts": ListOf(Primitive("s16")),
    "echo_strings": ListOf(STRING),
    "echo_nested": ListOf(ListOf(STRING)),
    "echo_tuple": TupleOf((Primitive("u8"), STRING, Primitive("f64"))),
    "echo_point": POINT,
    "echo_mixed": Record(
        "mixed",
        (
            ("flag", Primitive("bool")),
            ("small", Primitive("u8")),
            ("big", Primitive("u64")),
            ("text", STRING),
            ("points", ListOf(POINT)),
            ("nothing", OptionOf(STRING)),
        ),
    ),
    "echo_shape": (
        shape := Variant(
            "shape",
            (
                ("nowhere", None),
                ("circle", Primitive("f64")),
                ("polygon", ListOf(POINT)),
                ("label", STRING),
                ("square", Primitive("f32")),
            ),
        )
    ),
    "echo_shapes": ListOf(shape),
    "echo_color": Members("color", "enum", ("red", "dark-green", "blue")),
    "echo_permissions": Members("permissions", "flags", ("read", "write", "run")),
    "echo_many": Members("many", "flags", tuple(f"f{index}" for index in range(17))),
    "echo_option": OptionOf(Primitive("u32")),
    "echo_options": OptionOf(OptionOf(STRING)),
    "echo_results": ListOf(ResultOf(Primitive("s32"), STRING)),
    "echo_result": ResultOf(Primitive("s32"), STRING),
    "echo_bare_result": ResultOf(),
}


class Host:
    """The functions that the guest imports: they return their argument, and remember it."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self.seen: Any = None

    def __getattr__(self, name: str) -> Any:
        """Give the function for any name of the interface but those below."""
        return self._echo

    def _echo(self, value: Any) -> Any:
        self.seen = value
        return value

    def join(self, *parts: Any) -> str:
        """Join all arguments, so that each is seen to arrive in its place."""
        return "|".join(map(str, parts))

    def nothing(self) -> None:
        """Take and return nothing."""


@pytest.fixture(scope="module")
def host() -> Host:
    """Give the functions that the guest imports."""
    return Host()


@pytest.fixture(scope="module", params=["wasm-rust", "wasm-c", "native-rust", "native-c"])
def values(request: pytest.FixtureRequest) -> componium.Component:
    """Give the guest, in its sandbox and as a native library: wider pointers, other layouts, the same values."""
    kind, _, language = request.param.partition("-")
    path = guest(f"values-{language}") if kind == "wasm" else native_guest(f"values-{language}")
    return componium.load(path, trust=kind == "native")


@pytest.fixture(scope="module")
def echoes(values: componium.Component, host: Host) -> Iterator[componium.Exports]:
    """Give the exports of an instance."""
    with values.instantiate({"echoes": host}) as instance:
        yield instance.echoes


@pytest.mark.parametrize("function", FUNCTIONS)
@given(data=st.data())
def test_echo(echoes: componium.Exports, host: Host, function: str, data: st.DataObject) -> None:
    """What the host sees and what comes back is what went in."""
    ty = FUNCTIONS[function]
    value = data.draw(values_of(ty, vars(echoes)))
    try:
        result = getattr(echoes, function)(value)
        result = Ok(result) if isinstance(ty, ResultOf) else result
    except GuestError as error:
        result = Err(error.value)
    assert same(value, host.seen)
    assert same(value, result)


def test_every_function(values: componium.Component) -> None:
    """No function of the contract is forgotten."""
    (interface,) = values.exports
    assert {function.attribute for function in interface.functions} == {*FUNCTIONS, "join", "nothing"}


def test_parameters_in_memory(echoes: componium.Exports) -> None:
    """More than 16 core values travel in memory, in both directions."""
    assert echoes.join("1", "2", "3", "4", "5", "6", "7", "8", 9) == "1|2|3|4|5|6|7|8|9"
    with pytest.raises(OutOfRange, match=r"^echoes\.join\(\): last: expected u8 \(0 to 255\), got 256$"):
        echoes.join("1", "2", "3", "4", "5", "6", "7", "8", 256)


def test_no_result(echoes: componium.Exports) -> None:
    """A function without a result returns None."""
    assert echoes.nothing() is None
