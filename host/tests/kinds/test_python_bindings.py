"""The modules of componentize-py, made from a contract at run time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import componium
import pytest
from componium._description import Interface
from componium._kinds.python.bindings import bindings
from componium._kinds.python.imported import Imported, UnreadyError
from componium._types import enum_class, record_class, variant_class

if TYPE_CHECKING:
    from types import ModuleType

HOST = "demo:app/the-host@1.0.0"
API = "demo:app/the-api@1.0.0"
Level = enum_class(HOST, "level", ("low", "very-high"))[0]
Item = record_class(API, "item", (("name", "str"),))
Shape = variant_class(API, "shape", (("circle", True), ("no-shape", False)))[0]

FUNCTIONS = [(HOST, "log", None, ["line"], "log: func(line: string)"), (None, "run", None, [], "run: func()")]
IMPORTS = [Interface(HOST, (), {"Level": Level}), Interface(None, ())]
EXPORTS = [Interface(API, (), {"Item": Item, "Shape": Shape}), Interface(None, ())]


def make(*functions: Any) -> dict[str, ModuleType]:
    """Make the modules of an instance that has these functions."""
    return bindings(IMPORTS, EXPORTS, Imported.of(FUNCTIONS, [], functions, []))


def test_types_are_those_of_the_application() -> None:
    """Names are those of componentize-py, classes those that Componium gives values."""
    made = make(print, print)
    assert made["wit_world.imports.the_host"].Level.VERY_HIGH is Level.VERY_HIGH  # type: ignore[attr-defined]
    api = made["wit_world.exports.the_api"]
    assert (api.Item, api.Shape_Circle(1), api.Shape_NoShape()) == (Item, Shape.Circle(1), Shape.NoShape())
    assert made["componentize_py_types"].Ok is componium.Ok
    assert made["componentize_py_types"].Some is componium.Some


def test_modules_are_attributes_of_their_packages() -> None:
    """Every way to import them finds the same."""
    made = make(print, print)
    world = made["wit_world"]
    assert world.imports.the_host is made["wit_world.imports.the_host"]
    assert world.exports.the_api is made["wit_world.exports.the_api"]
    assert issubclass(type("Mine", (world.exports.TheApi,), {}), world.exports.TheApi)
    assert issubclass(type("Mine", (world.WitWorld,), {}), object)


def test_functions_are_the_instance_s() -> None:
    """Each instance's modules call that instance's application."""
    lines: list[str] = []
    first, second = make(lines.append, print), make(print, print)
    first["wit_world.imports.the_host"].log("line")
    assert lines == ["line"]
    assert first["wit_world"].run is print
    assert first["wit_world"] is not second["wit_world"]


def test_error_cases_are_those_of_the_application() -> None:
    """What plugins raise, catch and match as `Err` is `GuestError`; `Result` is for annotations."""
    types = make(print, print)["componentize_py_types"]
    assert types.Err is componium.GuestError
    assert types.Result[int, str] is not None
    match types.Err("text"):
        case types.Err(value):
            assert value == "text"
        case _:
            pytest.fail("it did not match")


def test_classes_get_their_imports() -> None:
    """A class is called with an object that has interfaces by their short names, and the world's own functions."""
    namespace = Imported.of(FUNCTIONS, [(HOST, "File")], [len, max], [str]).namespace()
    assert (namespace.the_host.log, namespace.the_host.File, namespace.run) == (len, str, max)


def test_imports_are_not_ready_while_a_module_is_looked_at() -> None:
    """Without an instance there is nobody to call."""
    imported = Imported.unready(FUNCTIONS, [(HOST, "File")])
    with pytest.raises(UnreadyError, match="log was called while the plugin's module is run"):
        imported.members[HOST]["log"]("line")
    with pytest.raises(UnreadyError):
        imported.members[HOST]["File"]()
