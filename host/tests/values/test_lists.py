"""`list<T>` and `tuple`: sequences go in, lists and tuples come out."""

from __future__ import annotations

import sys
from collections import UserList, deque
from typing import Any

import pytest
from componium import InvalidComponent, OutOfRange, ToolchainError, TypeMismatch, load, toolchain
from hypothesis import given
from hypothesis import strategies as st

from host.tests.echo.component import echo_component
from host.tests.echo.echoes import Echoes
from host.tests.echo.value_strategies import texts
from host.tests.echo.wit_types import ListOf, OptionOf, Primitive, TupleOf, WitType
from host.tests.values.refusal import assert_refused

STRING, U8, U32 = Primitive("string"), Primitive("u8"), Primitive("u32")
STRINGS, NESTED = ListOf(STRING), ListOf(ListOf(STRING))
TRIPLE = TupleOf((U8, STRING, Primitive("f64")))


@given(value=st.lists(st.lists(texts, max_size=4), max_size=4))
def test_nested(value: list[list[str]]) -> None:
    """Lists of lists come back."""
    assert Echoes(NESTED).crosses(value) == value


@pytest.mark.parametrize("form", [list, tuple, deque, UserList], ids=lambda form: form.__name__)
def test_sequences(form: Any) -> None:
    """Any sequence is a list; a list comes out."""
    result = Echoes(STRINGS).crosses(form(["a", "b"]))
    assert type(result) is list
    assert result == ["a", "b"]


def test_huge() -> None:
    """A million strings cross, and as many pairs."""
    value = ["text"] * 1_000_000
    assert Echoes(STRINGS).keep(value) == value
    pairs = [(index % 256, "") for index in range(100_000)]
    assert Echoes(ListOf(TupleOf((U8, STRING)))).crosses(pairs) == pairs


def test_too_long() -> None:
    """A list that no memory of 32 bits holds is refused before it is converted."""
    with pytest.raises(OutOfRange, match="a list holds less than 4 GiB"):
        Echoes(ListOf(TupleOf((Primitive("u64"),) * 1000))).keep([None] * 600_000)


def test_changes_while_it_is_converted() -> None:
    """A list that an element's own code changes crosses as it was."""
    value: list[Any] = [0, 1, 2]

    class Clearing:
        def __index__(self) -> int:
            value.clear()
            return 7

    value[1] = Clearing()
    assert Echoes(ListOf(U32)).keep(value) == [0, 7, 2]
    assert value == []


def test_grows_while_it_is_converted() -> None:
    """One that grows crosses as it was, too."""
    value: list[Any] = []

    class Growing:
        def __index__(self) -> int:
            value.append(self)
            return 7

    value.extend([Growing()] * 3)
    assert Echoes(ListOf(U32)).keep(value) == [7, 7, 7]


class Liar(UserList[Any]):
    """A sequence whose length is not that of what it iterates over."""

    def __len__(self) -> int:
        """Lie."""
        return 100


def test_length_that_lies() -> None:
    """What a sequence iterates over counts, not what its `__len__` says."""
    assert Echoes(STRINGS).keep(Liar(["a"])) == ["a"]
    assert Echoes(TRIPLE).keep(Liar([1, "two", 3.0])) == (1, "two", 3.0)


def test_iteration_that_raises() -> None:
    """An exception of the sequence's own code reaches the caller as it is."""

    class Broken(UserList[str]):
        def __iter__(self) -> Any:
            message = "broken"
            raise LookupError(message)

    with pytest.raises(LookupError, match=r"^broken$"):
        Echoes(STRINGS).keep(Broken(["a"]))


def test_itself() -> None:
    """A list that contains itself ends where the type does."""
    value: list[Any] = []
    value.append(value)
    assert_refused(NESTED, value, TypeMismatch, "[0][0]: expected str, got list", good=[])
    assert_refused(ListOf(U32), value, TypeMismatch, "[0]: expected int (u32), got list", good=[])


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("abc", "str 'abc'"),
        (1, "int"),
        (None, "None"),
        ({"a": 1}, "dict"),
        ({"a"}, "set"),
        ((x for x in "a"), "generator"),
    ],
    ids=["str", "int", "none", "dict", "set", "generator"],
)
def test_wrong(value: object, shown: str) -> None:
    """What has no order, or can be read only once, is no list; a str is none either."""
    assert_refused(STRINGS, value, TypeMismatch, f": expected a sequence, got {shown}", good=[])
    assert_refused(TRIPLE, value, TypeMismatch, f": expected a sequence, got {shown}", good=(1, "", 0))


def test_path() -> None:
    """A wrong element is named by the way to it."""
    assert_refused(NESTED, [["a"], [1]], TypeMismatch, "[1][0]: expected str, got int", good=[])
    value = [["a"] * 1000, [*["a"] * 999, None]]
    assert_refused(NESTED, value, TypeMismatch, "[1][999]: expected str, got None", good=[])


def test_tuple() -> None:
    """Any sequence of the right length is a tuple; a tuple comes out."""
    for value in ((1, "two", 3.0), [1, "two", 3]):
        result = Echoes(TRIPLE).crosses(value)
        assert type(result) is tuple
        assert result == (1, "two", 3.0)


@pytest.mark.parametrize(("value", "count"), [((), 0), ((1, "two"), 2), ((1, "two", 3.0, 4), 4)])
def test_tuple_of_another_length(value: tuple[Any, ...], count: int) -> None:
    """Too few or too many elements are refused."""
    assert_refused(TRIPLE, value, OutOfRange, f": expected 3 elements, got {count}", good=(1, "", 0.0))


def test_tuple_path() -> None:
    """A wrong element of a tuple is named by its index."""
    assert_refused(TRIPLE, (1, 2, 3.0), TypeMismatch, "[1]: expected str, got int", good=(1, "", 0.0))


def deep(ty: WitType, value: Any, levels: int) -> tuple[WitType, Any]:
    """Wrap a type and a value in lists, tuples and options, by turns."""
    for level in range(levels):
        match level % 3:
            case 0:
                ty, value = ListOf(ty), [value]
            case 1:
                ty, value = TupleOf((ty,)), (value,)
            case _:
                ty = OptionOf(ty)
    return ty, value


def test_deep() -> None:
    """Types that lie in each other as deep as the format allows cross."""
    ty, value = deep(U32, 7, 90)
    assert Echoes(ty).crosses(value) == value


def test_too_deep() -> None:
    """Beyond that neither the toolchain makes a component nor the host loads one."""
    ty, _ = deep(U32, 7, 101)
    with pytest.raises(ToolchainError, match="type nesting too deep"):
        echo_component({"value": [ty]})
    chain = "".join(f"(type $t{level} (list $t{level - 1}))" for level in range(1, 100_000))
    nested = toolchain.parse_text(f"(component (type $t0 (list u8)) {chain})")
    with pytest.raises(InvalidComponent, match="type nesting is too deep"):
        load(nested)


def test_released() -> None:
    """What was given and what came back is released, also when conversion fails on the way."""
    echoes = Echoes(NESTED)
    token = str(b"not interned", "ascii")
    before = sys.getrefcount(token)
    for _ in range(10):
        result = echoes.keep([[token], [token] * 10])
        with pytest.raises(TypeMismatch):
            echoes.keep([[token], [token, 1]])
    assert sys.getrefcount(token) == before
    fresh = [object(), object()]
    assert sys.getrefcount(result) == sys.getrefcount(fresh)
    (first, _), (inner, _) = result, fresh
    assert sys.getrefcount(first) == sys.getrefcount(inner)


def test_deep_in_python() -> None:
    """Near the end of Python's stack a call works or raises RecursionError; the guest goes on."""
    echoes = Echoes(NESTED)

    def descend() -> None:
        assert echoes.relay([["a"]]) == [["a"]]
        descend()

    with pytest.raises(RecursionError):
        descend()
    assert Echoes(NESTED).crosses([["a"]]) == [["a"]]


def test_released_by_the_host() -> None:
    """What a host function was given and what it returned is held by nobody afterwards."""
    echoes = Echoes(NESTED)
    answer = [[str(b"not interned", "ascii")]]
    echoes.answer = [answer]
    before = sys.getrefcount(answer), sys.getrefcount(answer[0][0])
    for _ in range(10):
        echoes.relay([["given"]])
    assert (sys.getrefcount(answer), sys.getrefcount(answer[0][0])) == before
    fresh = (object(),)
    (seen,), (inner,) = echoes.seen, fresh
    assert sys.getrefcount(seen) == sys.getrefcount(inner)
