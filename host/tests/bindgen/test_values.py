"""Bindings of a real guest: what comes out of it is of the declared classes, and typed."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Any, assert_never, assert_type, get_type_hints

import componium
import pytest

from ..conftest import guest  # noqa: TID252  # the tests are no distribution
from .contracts import ROOT
from .generated import launcher
from .generated.values import AnyShape, Color, Many, Mixed, Permissions, Point, Shape, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

POINT = Point(1, -2)
VALUES = [
    POINT,
    Shape.Nowhere(),
    Shape.Circle(1.5),
    Shape.Polygon([POINT]),
    Color.DARK_GREEN,
    Permissions.READ | Permissions.RUN,
    Permissions(0),
    Mixed(flag=True, small=1, big=2**63, text="text", points=[POINT], nothing=None),
]


class Echoes:
    """The application's side, whose functions return their argument."""

    def __getattr__(self, name: str) -> Any:
        """Give the function of any name."""
        return self.echo

    def echo(self, value: Any) -> Any:
        """Return the argument."""
        return value

    def nothing(self) -> None:
        """Return nothing."""

    def join(self, *texts: object) -> str:
        """Join all arguments."""
        return "".join(map(str, texts))


@pytest.fixture(scope="module")
def plugin() -> Iterator[Values]:
    """Give a running guest."""
    host: Any = Echoes()
    with Values.instantiate(componium.load(guest("values-rust")), echoes=host, deadline=5) as started:
        yield assert_type(started, Values)


def area(shape: AnyShape) -> float:
    """Match a variant: type checkers know when a case is forgotten."""
    match shape:
        case Shape.Circle(radius):
            return 3 * assert_type(radius, float) ** 2
        case Shape.Square(side):
            return side**2
        case Shape.Nowhere():
            return 0
        case Shape.Polygon(points):
            return float(len(assert_type(points, list[Point])))
        case Shape.Label():
            return -1
        case _:
            assert_never(shape)


def warmth(color: Color) -> int:
    """Match an enum: type checkers know when a case is forgotten."""
    match color:
        case Color.RED:
            return 1
        case Color.DARK_GREEN:
            return 0
        case Color.BLUE:
            return -1
        case _:
            assert_never(color)


def test_records(plugin: Values) -> None:
    """A record comes out as the declared class, with typed fields."""
    point = assert_type(plugin.echoes.echo_point(POINT), Point)
    assert type(point) is Point
    assert point == POINT
    assert assert_type(point.x, int) == 1
    assert hash(point) == hash(POINT)
    assert repr(point) == "Point(x=1, y=-2)"
    with pytest.raises(dataclasses.FrozenInstanceError):
        point.x = 2  # type: ignore[misc]


def test_variants(plugin: Values) -> None:
    """A variant comes out as a declared case, for `match` and `isinstance`."""
    shapes: list[AnyShape] = [
        Shape.Circle(1),
        Shape.Square(2),
        Shape.Nowhere(),
        Shape.Polygon([POINT]),
        Shape.Label("a"),
    ]
    echoed = assert_type(plugin.echoes.echo_shapes(shapes), list[AnyShape])
    assert [area(shape) for shape in echoed] == [3, 4, 0, 1, -1]
    assert all(isinstance(shape, Shape) for shape in echoed)
    assert repr(plugin.echoes.echo_shape(Shape.Circle(1))) == "Shape.Circle(value=1.0)"


def test_enums_and_flags(plugin: Values) -> None:
    """Members come out as members of the declared classes."""
    color = assert_type(plugin.echoes.echo_color(Color.DARK_GREEN), Color)
    assert color is Color.DARK_GREEN
    assert [warmth(each) for each in Color] == [1, 0, -1]
    assert plugin.echoes.echo_permissions(Permissions.READ | Permissions.RUN) == Permissions.READ | Permissions.RUN
    assert plugin.echoes.echo_many(Many.F16) == Many.F16


def test_options_and_results(plugin: Values) -> None:
    """Nested options and results are typed as what wraps them."""
    assert assert_type(plugin.echoes.echo_options(componium.Some(None)), componium.Some[str | None] | None) is not None
    results = plugin.echoes.echo_results([componium.Ok(1), componium.Err("e")])
    assert_type(results, list[componium.Ok[int] | componium.Err[str]])
    assert assert_type(plugin.echoes.echo_result(componium.Ok(1)), int) == 1


def test_buffers(plugin: Values) -> None:
    """Parameters take whatever the run time does."""
    for data in (b"ab", bytearray(b"ab"), memoryview(b"ab"), [97, 98], (97, 98)):
        assert assert_type(plugin.echoes.echo_bytes(data), bytes) == b"ab"


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_values_are_pickled_and_copied(value: object) -> None:
    """Every declared class gives values that survive pickling and copying."""
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        restored = pickle.loads(pickle.dumps(value, protocol))  # noqa: S301  # made here
        assert restored == value
        assert type(restored) is type(value)
    assert copy.deepcopy(value) == value


def test_classes_carry_their_declaration() -> None:
    """Tools that look at a class see what the module declares."""
    assert launcher.ActionItem.__doc__ == "One thing that the user can choose."
    assert launcher.ActionItem.__module__ == launcher.__name__
    assert get_type_hints(Mixed)["points"] == list[Point]
    assert [field.type for field in dataclasses.fields(Point)] == ["int", "int"]


ORDERS = {
    "component first": "component(); declared = module(); made = component()",
    "module first": "declared = module(); made = component()",
}

ORDER = """
import importlib.util, sys, componium

def module():
    spec = importlib.util.spec_from_file_location("bindings", sys.argv[1])
    bindings = importlib.util.module_from_spec(spec)
    sys.modules["bindings"] = bindings
    spec.loader.exec_module(bindings)
    return bindings

def component():
    (interface,) = componium.load(sys.argv[2]).exports
    return interface.types

{order}
for name in ("Point", "Mixed", "Shape", "Color", "Permissions", "Many"):
    assert getattr(declared, name) is made[name], name
assert declared.Shape.Circle is made["Shape"].Circle
print("same")
"""


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_classes_are_the_same_in_either_order(order: str) -> None:
    """Whether the component is loaded before the module is imported or after, both have the same classes."""
    module = ROOT / "host/tests/bindgen/generated/values.py"
    command = [sys.executable, "-c", ORDER.format(order=order), str(module), str(guest("values-rust"))]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.stdout == "same\n", finished.stderr


def test_another_component_is_refused() -> None:
    """A component that does not implement the contract is not instantiated; everything that is wrong is listed."""
    host: Any = Echoes()
    with pytest.raises(componium.ContractError, match=r"does not export `test:values/echoes@0\.1\.0`"):
        Values.instantiate(componium.load(guest("faulty-c")), echoes=host)


def test_the_contract_can_be_checked_alone() -> None:
    """The class gives its contract, to find plugins with."""
    contract = assert_type(launcher.Plugin.contract(), componium.Contract)
    assert contract.name == "componium:launcher/plugin@0.1.0"
    componium.load(guest("faulty-c"), contract=contract)
