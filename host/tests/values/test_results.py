"""`result<T, E>`: at the top a call returns T or raises `GuestError` with E; inside other types it is `Ok` or `Err`."""

from __future__ import annotations

from typing import Any

import pytest
from componium import Err, GuestError, Ok, TypeMismatch

from host.tests.echo.echoes import Echoes
from host.tests.echo.wit_types import ListOf, Members, OptionOf, Primitive, ResultOf, TupleOf, Variant
from host.tests.values.refusal import assert_refused

S32, BOOL, STRING, U64 = map(Primitive, ("s32", "bool", "string", "u64"))
PROBLEM = Variant("problem", (("absent", STRING), ("denied", None)))

RESULTS: dict[str, tuple[ResultOf, list[Any]]] = {
    "both": (ResultOf(S32, STRING), [Ok(-1), Err("no"), Err("")]),
    "int-or-bool": (ResultOf(S32, BOOL), [Ok(1), Ok(0), Err(value=True), Err(value=False)]),
    "bool-or-int": (ResultOf(BOOL, S32), [Ok(value=True), Err(1)]),
    "same": (ResultOf(S32, S32), [Ok(7), Err(7)]),
    "good-only": (ResultOf(S32), [Ok(7), Err()]),
    "error-only": (ResultOf(None, STRING), [Ok(), Err("no")]),
    "bare": (ResultOf(), [Ok(), Err()]),
    "joined": (ResultOf(Primitive("f32"), U64), [Ok(-0.5), Err(2**64 - 1)]),
    "nested": (ResultOf(ResultOf(S32, STRING), BOOL), [Ok(Ok(1)), Ok(Err("no")), Err(value=True)]),
    "options": (ResultOf(OptionOf(S32), OptionOf(STRING)), [Ok(None), Ok(1), Err(None), Err("x")]),
}


@pytest.mark.parametrize("name", RESULTS)
def test_inside(name: str) -> None:
    """In lists, tuples and options each case comes back as `Ok` or `Err`."""
    ty, values = RESULTS[name]
    assert Echoes(ListOf(ty)).crosses(values) == values
    for value in values:
        assert Echoes(TupleOf((ty, S32))).crosses((value, 1)) == (value, 1)
        assert Echoes(OptionOf(ty)).crosses(value) == value


@pytest.mark.parametrize("name", RESULTS)
def test_top(name: str) -> None:
    """As the whole result the good case is its payload and the other is raised; the guest goes on."""
    ty, values = RESULTS[name]
    echoes = Echoes(ty)
    for value in values:
        if isinstance(value, Ok):
            assert echoes.relay(value) == value.value
        else:
            with pytest.raises(GuestError) as caught:
                echoes.relay(value)
            assert caught.value.value == value.value
        assert echoes.crosses(value) == value


def test_host_function_returns() -> None:
    """A host function returns the payload, `Ok` or `Err`, or raises `GuestError`."""
    echoes = Echoes(ResultOf(S32, STRING))
    for answer in (7, Ok(7)):
        echoes.answer = [answer]
        assert echoes.relay(Ok(0)) == 7
    echoes.answer = [Err("no")]
    with pytest.raises(GuestError) as caught:
        echoes.relay(Ok(0))
    assert caught.value.value == "no"


def test_host_function_returns_a_nested_result() -> None:
    """Where the payload is a result itself, both levels are written: `Ok` alone is the outer one."""
    echoes = Echoes(RESULTS["nested"][0])
    echoes.answer = [Ok(Ok(7))]
    assert echoes.relay(Err(value=False)) == Ok(7)
    echoes.answer = [Ok(7)]
    with pytest.raises(TypeMismatch, match=r"result: expected componium\.Ok or componium\.Err, got int"):
        echoes.relay(Err(value=False))


def test_error_types() -> None:
    """The payload of the error may be of any type: a variant's case, an enum's member."""
    echoes = Echoes(ResultOf(S32, PROBLEM))
    absent = echoes.exports.Problem.Absent("file")
    with pytest.raises(GuestError) as caught:
        echoes.relay(Err(absent))
    assert caught.value.value == absent
    color = Echoes(ResultOf(None, Members("color", "enum", ("red", "blue"))))
    with pytest.raises(GuestError) as caught:
        color.relay(Err("blue"))
    assert caught.value.value is color.exports.Color.BLUE


@pytest.mark.parametrize(
    ("value", "shown"), [(5, "int"), (None, "None"), ("no", "str 'no'"), (ValueError(), "ValueError")]
)
def test_wrong(value: object, shown: str) -> None:
    """As an argument, a payload alone does not say which case it is."""
    ty = ListOf(ResultOf(S32, STRING))
    assert_refused(ty, [value], TypeMismatch, f"[0]: expected componium.Ok or componium.Err, got {shown}", good=[])


def test_wrong_payload() -> None:
    """A payload of the wrong type is refused, and one where the case has none."""
    ty = ListOf(ResultOf(S32, STRING))
    assert_refused(ty, [Ok("1")], TypeMismatch, "[0]: expected int (s32), got str '1'", good=[])
    assert_refused(ty, [Err(1)], TypeMismatch, "[0]: expected str, got int", good=[])
    bare = ListOf(ResultOf())
    assert_refused(bare, [Ok(1)], TypeMismatch, "[0]: expected a case without a payload, got int", good=[])
