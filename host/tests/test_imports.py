"""Matching host functions with imports."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import componium
import pytest
from componium import ImportsError

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = """
(component
  (import "my:app/host@1.2.0" (instance $host (export "twice" (func (param "value" u32) (result u32)))))
  (import "plus-one" (func $plus (param "value" u32) (result u32)))
  (core func $twice (canon lower (func $host "twice")))
  (core func $plus (canon lower (func $plus)))
  (core module $m
    (import "host" "twice" (func $twice (param i32) (result i32)))
    (import "host" "plus" (func $plus (param i32) (result i32)))
    (func (export "run") (param i32) (result i32) (call $plus (call $twice (local.get 0)))))
  (core instance $host (export "twice" (func $twice)) (export "plus" (func $plus)))
  (core instance $i (instantiate $m (with "host" (instance $host))))
  (func (export "run") (param "value" u32) (result u32) (canon lift (core func $i "run"))))
"""


def twice(value: int) -> int:
    """Double."""
    return 2 * value


@pytest.mark.parametrize("key", ["host", "my:app/host", "my:app/host@1.2.0"])
@pytest.mark.parametrize("provider", [{"twice": twice}, SimpleNamespace(twice=twice)], ids=["mapping", "object"])
def test_names(text: Callable[..., componium.Component], key: str, provider: Any) -> None:
    """An interface is given by any of its names, as a mapping or an object; the world's functions by their own."""
    instance = text(SOURCE).instantiate({key: provider, "plus_one": lambda value: value + 1})
    assert instance.run(20) == 41


def test_all_problems_at_once(text: Callable[..., componium.Component]) -> None:
    """Every missing function is listed, with what was probably meant."""
    with pytest.raises(ImportsError) as caught:
        text(SOURCE, name="app.wasm").instantiate({"host": {"twize": twice}, "plus_one": 1})
    assert str(caught.value).splitlines() == [
        "app.wasm imports what was not given as its WIT says:",
        "  - plus_one: 1 is not callable",
        "  - my:app/host@1.2.0: twice: missing; did you mean `twize`?",
    ]
    assert len(caught.value.problems) == 2


def test_missing_interface(text: Callable[..., componium.Component]) -> None:
    """A missing interface is named in the way it can be given."""
    with pytest.raises(ImportsError, match="nothing was given for the interface `host`; did you mean `hosts`"):
        text(SOURCE).instantiate({"hosts": {}, "plus_one": twice})
