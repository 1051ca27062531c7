"""Strategies for the values of a plugin's functions."""

from __future__ import annotations

import array
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import componium
import pytest
from componium import strategies
from hypothesis import find, given
from hypothesis import strategies as st

from .conftest import guest

if TYPE_CHECKING:
    from componium.parity import Call

CONTRACT = componium.Contract.parse("""
package demo:shapes;
interface api {
  record point { x: s32, y: s32 }
  variant shape { nothing, circle(f64), polygon(list<point>) }
  resource pen { constructor(); draw: func(shape: shape); }
  area: func(shape: shape, scale: option<option<u8>>) -> result<f64, string>;
  sum: func(numbers: list<u16>) -> u32;
  fill: func(pen: borrow<pen>);
}
interface host { ask: func() -> result<u8, string>; }
world shapes { import host; export api; }
""")


@given(data=st.data())
def test_arguments_are_of_the_contract(data: st.DataObject) -> None:
    """Arguments of a contract's function are values of the very classes that plugins use."""
    shape, scale = data.draw(strategies.arguments(CONTRACT, "api.area"))
    assert type(shape).__qualname__ in {"Shape.Nothing", "Shape.Circle", "Shape.Polygon"}
    assert scale is None or isinstance(scale, componium.Some)


def test_shrinks_to_what_is_plain() -> None:
    """The smallest value with a property is found."""
    [numbers] = find(strategies.arguments(CONTRACT, "sum"), lambda found: sum(found[0]) > 1000)
    assert numbers == [1001]


def test_limits_and_awkward_text_occur() -> None:
    """Numbers at their limits and text that programs get wrong are among what is made."""
    assert find(strategies.arguments(CONTRACT, "sum"), lambda found: 0xFFFF in found[0]) == ([0xFFFF],)
    text = find(strategies.results(CONTRACT, "area"), lambda found: "\0" in str(found.value))
    assert text == componium.Err("\0")


def test_arrays() -> None:
    """Lists of numbers are arrays of the very format on request, which a plugin takes as they are."""
    [numbers] = find(strategies.arguments(CONTRACT, "sum", arrays=True), lambda found: len(found[0]) > 1)
    assert numbers == array.array("H", [0, 0])


def test_results_of_imports() -> None:
    """What the application may answer is wrapped as a nested result is."""
    assert find(strategies.results(CONTRACT, "host.ask"), lambda _: True) == componium.Ok(0)


def test_handles_are_refused_by_name() -> None:
    """A handle cannot be made without an instance."""
    with pytest.raises(componium.UnsupportedType, match="handles of the resource `pen` come out of an instance only"):
        strategies.arguments(CONTRACT, "fill")
    with pytest.raises(ValueError, match=r"there is no function 'api.fil'; did you mean 'api.fill'\?"):
        strategies.arguments(CONTRACT, "api.fil")


@given(calls=strategies.calls(CONTRACT, most=6))
def test_calls_have_their_handles(calls: tuple[Call, ...]) -> None:
    """No call needs a handle before one can be there."""
    names = [call.function.rpartition("#")[2] for call in calls]
    needy = [at for at, name in enumerate(names) if name in {"[method]pen.draw", "fill", "[drop]pen"}]
    assert not needy or "[constructor]pen" in names[: needy[0]]


@given(arguments=strategies.arguments(componium.load(guest("values-rust"), cache=False), "echo_mixed"))
def test_a_component_takes_them(values: componium.Component, arguments: tuple[Any, ...]) -> None:
    """A compiled plugin takes the arguments."""
    echoes = {"echoes": {name: lambda *given: given[0] for name in _names(values)}}
    with values.instantiate(echoes) as instance:
        assert instance.echoes.echo_mixed(*arguments) is not None


def _names(component: componium.Component) -> list[str]:
    [imported] = [each for each in component.imports if each.attribute == "echoes"]
    return [str(function.attribute) for function in imported.functions]


WITHOUT = "import sys; sys.modules['hypothesis'] = None; "


def test_missing_hypothesis_is_explained() -> None:
    """Without Hypothesis, the error says what to install; given cases are compared without."""
    remedy = "values are generated with Hypothesis, which is not installed: `pip install componium[testing]`"
    plugins = [str(guest("parity-correct-c"))] * 2
    for code in ("import componium.strategies", f"from componium import parity; parity.compare(*{plugins!r})"):
        failed = subprocess.run([sys.executable, "-c", WITHOUT + code], capture_output=True, text=True, check=False)
        assert remedy in failed.stderr
    code = f"from componium import parity; print(parity.compare(*{plugins!r}, examples=0).equal)"
    assert subprocess.run([sys.executable, "-c", WITHOUT + code], capture_output=True, check=True).stdout == b"True\n"
