"""Finding functions of a world by name."""

from __future__ import annotations

import re

import pytest
from componium._bindgen import read_text
from componium._calls.functions import exported_functions, find_function, imported_functions

WORLD = read_text("""
package demo:names@1.0.0;
interface shapes {
  resource pen { constructor(); draw: func(to: u32); join: static func(a: pen) -> pen; }
  draw: func();
  area: func() -> u32;
}
interface more { area: func() -> u32; }
world names {
  import log: func(text: string);
  export shapes;
  export more;
  export start-up: func();
}
""")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("demo:names/shapes@1.0.0#draw", "shapes.draw"),
        ("shapes.draw", "shapes.draw"),
        ("Pen", "shapes.Pen"),
        ("Pen.draw", "shapes.Pen.draw"),
        ("join", "shapes.Pen.join"),
        ("more.area", "more.area"),
        ("start_up", "start_up"),
        ("start-up", "start_up"),
        ("Pen[drop]", "shapes.Pen[drop]"),
    ],
)
def test_found_by_any_name(name: str, found: str) -> None:
    """A function has a name in WIT, one in Python, and the ends of that."""
    assert find_function(exported_functions(WORLD), name).label == found


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("area", "may be demo:names/shapes@1.0.0#area or demo:names/more@1.0.0#area: name it in full"),
        ("shapes.aera", "did you mean 'shapes.area'?"),
        ("log", "there is no function 'log'; there is start_up"),
    ],
)
def test_wrong_names_are_explained(name: str, message: str) -> None:
    """The error says which functions there are."""
    with pytest.raises(ValueError, match=re.escape(message)):
        find_function(exported_functions(WORLD), name)


def test_imports_are_apart() -> None:
    """What the application provides is not among the exports."""
    assert list(imported_functions(WORLD)) == ["log"]
