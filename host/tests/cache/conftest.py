"""Plugins that are cheap to tell apart, and a cache folder for each test."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import componium
import pytest

if TYPE_CHECKING:
    from pathlib import Path

_PLUGIN = """
(component
  (core module $m
    (func (export "answer") (result i32) (i32.const {number}))
    {functions})
  (core instance $i (instantiate $m))
  (func (export "answer") (result u32) (canon lift (core func $i "answer"))))
"""

_FUNCTION = '(func (export "f{index}") (param i32) (result i32) {body})'


def plugin(number: int, functions: int = 0) -> bytes:
    """Make a plugin whose function `answer` returns a number.

    Args:
        number: Which one.
        functions: How many others it has, each of which takes a tenth of a millisecond to compile.
    """
    body = "(local.get 0)" + "(i32.const 3) (i32.mul) (local.get 0) (i32.rem_u)" * 20
    others = "".join(_FUNCTION.format(index=index, body=body) for index in range(functions))
    return componium.toolchain.parse_text(_PLUGIN.format(number=number, functions=others))


def plugin_name(number: int) -> str:
    """Name a plugin."""
    return f"plugin {number}"


def load(number: int) -> bool:
    """Load a plugin, see that it works, and tell whether it was found in the cache."""
    component = componium.load(plugin(number), name=plugin_name(number))
    with component.instantiate() as instance:
        assert instance.answer() == number
    return component.cached


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Path:
    """Give the cache folder, which does not exist yet; what is wrong with it is logged."""
    caplog.set_level(logging.WARNING, "componium.cache")
    monkeypatch.setenv("COMPONIUM_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "compiled"


@pytest.fixture
def warnings(caplog: pytest.LogCaptureFixture) -> Warnings:
    """Give what was logged."""
    return Warnings(caplog)


class Warnings:
    """What the cache logged."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        """Read pytest's record."""
        self._caplog = caplog

    def take(self) -> list[str]:
        """Give the warnings since the last time."""
        taken = [record.getMessage() for record in self._caplog.records if record.name == "componium.cache"]
        self._caplog.clear()
        return taken


def entry(folder: Path) -> Path:
    """Give the file of the only entry."""
    (path,) = folder.glob("*.code")
    return path
