"""The public API as type checkers see it: mypy checks the assertions, and running them checks that they are true."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Literal, assert_type

import componium
from componium import wit

from .conftest import ROOT, LauncherHost, guest


def test_loading() -> None:
    """Loading gives a component, whose descriptions are typed."""
    component = assert_type(componium.load(guest("faulty-c")), componium.Component)
    assert_type(component.wit, str)
    assert_type(component.exports, tuple[componium.Interface, ...])
    assert_type(component.exports[0].functions[0].docs, str | None)
    assert_type(componium.discover(Path("absent")).components, dict[Path, componium.Component])


def test_kinds() -> None:
    """The kind is one of few words, and what was found has paths or names as keys."""
    component = componium.load(guest("faulty-c"), trust=True, prefer="wasm")
    assert_type(component.kind, Literal["wasm", "native", "python", "mixed"])
    assert_type(component.enforces, frozenset[str])
    contract = componium.Contract(ROOT / "wit" / "launcher" / "0.1.0", "plugin")
    found = componium.discover_entry_points("componium.tests.absent", contract=contract, trust=True)
    assert_type(found, componium.Discovery[str])
    assert_type(found.rejected, dict[str, componium.Error | OSError])
    combined = componium.combine([component], contract=contract)
    assert_type(combined, componium.Component)
    assert_type(componium.combine({"runner": component}, contract=contract), componium.Component)


def test_instances() -> None:
    """An instance is a context manager that gives itself."""
    component = componium.load(guest("faulty-c"))
    grant = componium.Folder(Path.cwd(), at="/data")
    with component.instantiate({"host": LauncherHost()}, grants=[grant], deadline=None, environment={}) as instance:
        assert_type(instance, componium.Instance)
        assert_type(instance.running, bool)


def test_options_are_those_of_instances() -> None:
    """Typed instances take every option but `arrays`, which changes the types of results."""
    parameters = inspect.signature(componium.Component.instantiate).parameters.values()
    options = {parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY}
    assert set(wit.Options.__annotations__) == options - {"arrays"}


def test_errors() -> None:
    """Errors have typed attributes, and are what Python's own handlers expect."""
    trap = componium.Trap("message", [componium.Frame("run", line=3)])
    assert_type(trap.frames, tuple[componium.Frame, ...])
    assert trap.frames[0].line == 3
    refused = componium.NotEnforceable("message", "native", ("memory",))
    assert_type(refused.options, tuple[str, ...])
    assert_type(componium.TrustRequired("message", "native", "a.so").plugin, str)
    wrong_type: TypeError = componium.TypeMismatch("message")
    out_of_range: OverflowError = componium.OutOfRange("message")
    assert isinstance(wrong_type, componium.ConversionError)
    assert isinstance(out_of_range, componium.ConversionError)


def test_wrappers() -> None:
    """The wrappers of nested options and results carry the type of what they hold."""
    assert_type(componium.Some(1), componium.Some[int])
    assert_type(componium.Ok("text").value, str)
    assert_type(componium.Err(b"bytes").value, bytes)
