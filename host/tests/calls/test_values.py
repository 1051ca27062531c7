"""Values of random types as JSON, and back."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from componium._bindgen import read_text
from componium._calls.functions import exported_functions
from componium._calls.values import Values
from componium._strategies.values import ValueStrategies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from host.tests.echo.component import echo_wit
from host.tests.echo.echoes import Echoes
from host.tests.echo.sameness import same
from host.tests.echo.spelling_strategies import spellings
from host.tests.echo.type_strategies import wit_types

if TYPE_CHECKING:
    from componium._bindgen import model

    from host.tests.echo.wit_types import WitType

EXAMPLES = int(os.environ.get("COMPONIUM_EXAMPLES", "100"))
RANDOM = settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))


def parameter(ty: WitType) -> tuple[model.World, model.Type]:
    """Return a world, and the type in its model that `ty` is."""
    world = read_text.__wrapped__(echo_wit({"value": [ty]}))  # no use for it later
    found = exported_functions(world)["test:echo/echoes#relay-value"].parameters[0].type
    assert found is not None
    return world, found


@RANDOM
@given(data=st.data(), ty=wit_types())
def test_values_read_back(data: st.DataObject, ty: WitType) -> None:
    """A value of any type is the same after it was written as text of JSON, however it was spelled."""
    world, type_ = parameter(ty)
    values = Values(world)
    value = data.draw(ValueStrategies(world).make(type_))
    text = json.dumps(values.write(type_, value), allow_nan=False)
    assert same(value, values.read(type_, json.loads(text)))
    assert json.dumps(values.write(type_, data.draw(spellings(ty, value)))) == text


@RANDOM
@given(data=st.data(), ty=wit_types())
def test_strategies_make_what_crosses(data: st.DataObject, ty: WitType) -> None:
    """What the strategy of a type makes is what comes out of a guest that it was passed to."""
    world, type_ = parameter(ty)
    value = data.draw(ValueStrategies(world).make(type_))
    assert same(value, Echoes(ty).keep(value))


WRONG = {
    "u8": (256, "expected u8, got 256"),
    "s32": (True, "expected s32, got True"),
    "f32": ("1", "expected f32, got '1'"),
    "char": ("ab", "expected char, got 'ab'"),
    "string": (1, "expected string, got 1"),
    "bool": (0, "expected bool, got 0"),
    "list<string>": (["a", 2], r"argument\[1\]: expected string, got 2"),
    "tuple<u8, u8>": ([1], "expected 2 values, got"),
    "option<option<u8>>": (1, "expected an object with one of some, got 1"),
    "result<u8>": ({"okay": 1}, "expected an object with one of ok, err, got"),
    "point": ({"x": 1}, "expected an object with x, y, got"),
    "shape": ("square", "expected one of none, circle, got 'square'"),
    "color": ("green", "expected one of red, got 'green'"),
    "rights": (["read", "run"], "expected some of read, got"),
}

TYPES = """
package test:wrong;
interface types {{
  record point {{ x: u8, y: u8 }}
  variant shape {{ none, circle(u8) }}
  enum color {{ red }}
  flags rights {{ read }}
  f: func(a: {type});
}}
world wrong {{ export types; }}
"""


@pytest.mark.parametrize("type_", WRONG)
def test_wrong_data_is_refused(type_: str) -> None:
    """Data that is not of the type is refused with place, type and data."""
    world = read_text(TYPES.format(type=type_))
    [function] = exported_functions(world).values()
    data, message = WRONG[type_]
    with pytest.raises(ValueError, match=message):
        Values(world).read(function.parameters[0].type, data, "argument")
