"""The classes of named WIT types, apart from guests."""

from __future__ import annotations

import gc
import pickle
import weakref
from typing import Any, assert_type

import componium
import pytest
from componium._types import _once, enum_class, flags_class, record_class, variant_class

FIELDS = (("name", "string"), ("class_", "u8"))


def test_one_class_for_one_type() -> None:
    """Interface, name and the names inside decide; types of fields are documentation."""
    made = record_class("demo:one/types", "pair", FIELDS)
    assert record_class("demo:one/types", "pair", (("name", "str"), ("class_", "int"))) is made
    assert record_class("demo:two/types", "pair", FIELDS) is not made
    assert record_class("demo:one/types", "couple", FIELDS) is not made
    assert record_class("demo:one/types", "pair", FIELDS[:1]) is not made


def test_types_of_worlds_have_no_owner() -> None:
    """A component calls its world `root`, whatever its WIT says."""
    assert enum_class("root", "level", ("low",)) == enum_class("my-world", "level", ("low",))
    assert flags_class("root", "level", ("low",))[0].__module__ == "componium"


def test_cases_with_and_without_payload_differ() -> None:
    """A contract that changes makes other classes, so that both of its versions can be loaded."""
    plain, [without] = variant_class("demo:one/types", "answer", (("none", False),))
    other, [with_payload] = variant_class("demo:one/types", "answer", (("none", True),))
    assert plain is not other
    assert without() == without()
    assert with_payload(1).value == 1
    assert other.None_ is with_payload
    assert isinstance(with_payload(1), other)


def test_threads_end_up_with_one_class() -> None:
    """Where two threads make a class at once, both get the one that was first."""
    key = ("test", object())

    class First:
        pass

    class Second:
        pass

    def make_while_another_does() -> type[Any]:
        assert _once(key, lambda: first) is first
        return Second

    first: type[Any] = First
    assert _once(key, make_while_another_does) is first


RECORD = record_class("demo:pickled/types", "pair", FIELDS)
CASES = variant_class("demo:pickled/types", "answer", (("no", False), ("yes", True)))[1]
COLORS = enum_class("demo:pickled/types", "color", ("red", "dark-green"))[1]
ACCESS = flags_class("demo:pickled/types", "access", ("read", "write"))[1]


@pytest.mark.parametrize(
    "value", [RECORD("a", 1), CASES[0](), CASES[1]("a"), COLORS[1], ACCESS[1], ACCESS[0] | ACCESS[1]], ids=repr
)
def test_values_of_classes_without_a_module_are_pickled(value: Any) -> None:
    """Pickles say what a class is made from, since no module has it."""
    restored = pickle.loads(pickle.dumps(value))  # noqa: S301  # made here
    assert restored == value
    assert type(restored) is type(value)


def test_wrappers_are_covariant() -> None:
    """What is typed as wide takes what is narrow."""
    narrow: componium.Some[int] = componium.Some(1)
    wide: componium.Some[int | str] = narrow
    assert_type(wide.value, int | str)
    nothing: componium.Ok[None] = componium.Ok()
    assert nothing.value is None


def test_classes_are_let_go() -> None:
    """Classes that no component, module or value uses any more are freed."""
    made: list[type[Any]] = [
        record_class("my:own/types@1.0.0", "gone", (("x", "s32"),)),
        variant_class("my:own/types@1.0.0", "gone-too", (("a", True), ("b", False)))[0],
        enum_class("my:own/types@1.0.0", "gone-as-well", ("a", "b"))[0],
        flags_class("my:own/types@1.0.0", "and-gone", ("a", "b"))[0],
    ]
    references = [weakref.ref(each) for each in made]
    del made
    gc.collect()
    assert [reference() for reference in references] == [None] * 4
