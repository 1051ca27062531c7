"""Loading: from where, what is told about a component, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import componium
import pytest
from componium import InvalidComponent, UnsupportedType, toolchain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ADD = """
(component
  (core module $m (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
  (core instance $i (instantiate $m))
  (func (export "add-up") (param "left" u32) (param "if" u32) (result u32) (canon lift (core func $i "add"))))
"""


def test_path_and_bytes(tmp_path: Path) -> None:
    """A path, as text or object, and bytes load the same component."""
    wasm = toolchain.parse_text(ADD)
    path = tmp_path / "add.wasm"
    path.write_bytes(wasm)
    for source in (path, str(path), wasm):
        component = componium.load(source)
        with component.instantiate() as instance:
            assert instance.add_up(1, 2) == 3
    assert repr(componium.load(path)) == "<componium.Component add.wasm>"


def test_description(values: componium.Component) -> None:
    """Imports and exports are listed with their WIT types, names in Python beside them."""
    (echoes,) = values.exports
    assert echoes.name == "test:values/echoes@0.1.0"
    assert echoes.attribute == "echoes"
    tuples = next(function for function in echoes.functions if function.name == "echo-tuple")
    assert tuples.wit == "echo-tuple: func(value: tuple<u8, string, f64>) -> tuple<u8, string, f64>"
    assert tuples.attribute == "echo_tuple"
    assert str(tuples) == tuples.wit
    assert "  echo-mixed: func(value: mixed) -> mixed;" in str(echoes)
    assert "test:values/echoes@0.1.0" in [interface.name for interface in values.imports]
    assert "export test:values/echoes@0.1.0;" in values.wit
    assert "record mixed {" in values.wit


def test_calls(text: Callable[..., componium.Component]) -> None:
    """Arguments bind as Python's do; a parameter named like a keyword gets an underscore."""
    with text(ADD).instantiate() as instance:
        assert instance.add_up(left=1, if_=2) == instance.add_up(1, if_=2) == 3
        assert instance.add_up.wit == "add-up: func(left: u32, if: u32) -> u32"
        assert instance.add_up.__name__ == "add_up"
        for arguments, keywords, problem in [
            ((1,), {}, "misses the argument `if_`"),
            ((1, 2, 3), {}, "takes 2 arguments, got 3"),
            ((1, 2), {"left": 1}, "unknown or repeated arguments: left"),
            ((1,), {"if_": 2, "other": 3}, "unknown or repeated arguments: other"),
        ]:
            with pytest.raises(TypeError, match=problem):
                instance.add_up(*arguments, **keywords)
        with pytest.raises(AttributeError, match="there is no export 'add'; there is add_up"):
            _ = instance.add


@pytest.mark.parametrize("wasm", [b"\0asm", toolchain.parse_text(ADD)[:-20]], ids=["header", "truncated"])
def test_damaged(wasm: bytes) -> None:
    """What begins like a component and is none is refused, and named."""
    with pytest.raises(InvalidComponent, match=r"bad\.wasm is not a component that can be loaded"):
        componium.load(wasm, name="bad.wasm")


def test_missing_file(tmp_path: Path) -> None:
    """A missing file is the system's own error."""
    with pytest.raises(FileNotFoundError, match=r"absent\.wasm"):
        componium.load(tmp_path / "absent.wasm")


def test_resource_of_wasi(text: Callable[..., componium.Component]) -> None:
    """A function that takes a resource of WASI is listed, and refuses with the reason when used."""
    component = text(
        """
        (component
          (import "wasi:io/error@0.2.0" (instance $wasi (export "error" (type (sub resource)))))
          (alias export $wasi "error" (type $error))
          (core module $m (func (export "take") (param i32)))
          (core instance $i (instantiate $m))
          (func (export "take") (param "error" (own $error)) (canon lift (core func $i "take"))))
        """
    )
    (world,) = component.exports
    reason = "the resource `error` of `wasi:io/error@0.2.0` cannot be passed by applications"
    assert world.functions[0].unsupported == reason
    with component.instantiate() as instance, pytest.raises(UnsupportedType, match=rf"take: func\(.*: {reason}"):
        instance.take()
