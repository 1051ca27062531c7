"""Native libraries behind the interface of all kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import componium
import pytest
from componium import InvalidComponent, NotEnforceable, TrustRequired

from .conftest import LAUNCHER, library

if TYPE_CHECKING:
    from pathlib import Path

    from host.tests.conftest import LauncherHost


def test_a_library_is_loaded_with_trust_alone(launcher_host: LauncherHost) -> None:
    """The same calls as for a component, once the application trusts it."""
    with pytest.raises(TrustRequired, match="no sandbox confines"):
        componium.load(library("echo-c"), contract=LAUNCHER)
    component = componium.load(library("echo-c"), contract=LAUNCHER, trust=True)
    assert (component.kind, component.enforces) == ("native", frozenset())
    with component.instantiate({"host": launcher_host}) as instance:
        assert instance.runner.handle(">a")[0].name == "a"
    assert launcher_host.lines == [("debug", "echo: 1 bytes")]


def test_options_are_refused(launcher_host: LauncherHost) -> None:
    """A library in this process cannot be held to anything."""
    component = componium.load(library("echo-rust"), trust=True)
    with pytest.raises(NotEnforceable) as caught:
        component.instantiate({"host": launcher_host}, grants=[], deadline=1.0, memory=1, environment={})
    assert caught.value.options == ("grants", "deadline", "memory", "environment")


def test_other_libraries_are_refused(tmp_path: Path) -> None:
    """What has the header of a library and nothing of a plugin is named."""
    path = tmp_path / "plugin.so"
    path.write_bytes(b"\x7fELF" + bytes(100))
    with pytest.raises(InvalidComponent, match=r"plugin\.so"):
        componium.load(path, trust=True)
