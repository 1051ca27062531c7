"""Values that go into native plugins and come out again."""

from __future__ import annotations

from typing import Any

import componium
import pytest
from componium import GuestError, OutOfRange, TypeMismatch


def test_numbers(api: Any) -> None:
    """Core values travel by registers of every kind."""
    assert api.add(2**32 - 1, 3) == 2
    assert api.half(3.0) == 1.5
    assert api.scalars(True, -1, 65535, "a", -5, "high") == 1 - 1 + 65535 + ord("a") - 5 + 1  # noqa: FBT003  # a value to pass


def test_strings_and_lists(api: Any) -> None:
    """What a pointer and a length refer to is copied both ways, and may be empty."""
    assert api.greet("wörld \N{SNOWMAN}") == "Hello, wörld \N{SNOWMAN}"
    assert api.greet("") == "Hello, "
    assert api.sum([1, 2**40, 3]) == 2**40 + 4
    assert api.sum([]) == 0
    assert api.repeat(b"ab", 3) == b"ababab"
    assert api.repeat(bytearray(b"ab"), 1) == b"ab"


def test_buffers(component: componium.Component, store: object) -> None:
    """Lists of numbers can come out as buffers."""
    api = component.instantiate({"store": store}, arrays=True).api
    assert api.repeat(b"ab", 2) == b"abab"


def test_records_and_flags(api: Any) -> None:
    """Types that have a class come out as its instances."""
    moved = api.move_by({"x": 1, "y": 2, "label": "here"}, 5)
    assert (moved.x, moved.y, moved.label) == (6, 2, "here")
    assert api.invert(["read", "run"]).name == "WRITE"


def shape_of(component: componium.Component) -> Any:
    """Return the class of the variant."""
    (types,) = (interface for interface in component.imports if interface.name == "test:native/types@0.1.0")
    return types.types["Shape"]


@pytest.mark.parametrize(
    ("case", "payload", "area"),
    [("Dot", (), 0.0), ("Circle", (2.0,), 12.0), ("Polygon", ([{"x": 2, "y": 3, "label": ""}] * 2,), 12.0)],
)
def test_variants(component: componium.Component, api: Any, case: str, payload: tuple[Any, ...], area: float) -> None:
    """Cases whose payloads share core values of different types arrive as they left."""
    assert api.area(getattr(shape_of(component), case)(*payload)) == area


def test_result_error(component: componium.Component, api: Any) -> None:
    """The error case of a result is raised, with its value."""
    shape = shape_of(component)
    with pytest.raises(GuestError, match="unknown: blob"):
        api.area(shape.Named("blob"))


def test_parameters_in_memory(api: Any) -> None:
    """More values than fit core values, of both directions' functions, travel in memory."""
    values = (1, 2, 3, 4, -1, -2, -3, -4, 1.5, 2.5, True, "x", "text", b"bytes", 7)
    assert api.many(*values) == repr(values)
    assert api.many(*values[:-1], None) == repr((*values[:-1], None))


def test_wrong_arguments_do_not_reach_the_plugin(api: Any) -> None:
    """Arguments are checked as for any other kind, and the instance goes on."""
    with pytest.raises(OutOfRange):
        api.add(-1, 0)
    with pytest.raises(TypeMismatch):
        api.greet(b"bytes")
    with pytest.raises(TypeMismatch, match=r"p\.y"):
        api.move_by({"x": 1, "y": "2", "label": ""}, 0)
    assert api.add(1, 1) == 2
