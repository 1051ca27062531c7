"""Finding plugins."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import componium
import pytest

from .conftest import ROOT, guest
from .kinds.conftest import LAUNCHER, library

if TYPE_CHECKING:
    from pathlib import Path


def test_discover(tmp_path: Path) -> None:
    """Good plugins and bad ones are told apart, with reasons; other files are left alone."""
    shutil.copy(guest("faulty-c"), tmp_path / "b.wasm")
    shutil.copy(guest("values-rust"), tmp_path / "a.wasm")
    (tmp_path / "c.wasm").write_bytes(b"nonsense")
    (tmp_path / "readme.txt").write_text("not a plugin")
    seen: list[Path] = []
    contract = componium.Contract(ROOT / "wit" / "launcher" / "0.1.0", "plugin")
    found = componium.discover(tmp_path, contract=contract, progress=seen.append)
    assert [path.name for path in seen] == ["a.wasm", "b.wasm", "c.wasm"]
    assert [path.name for path in found.components] == ["b.wasm"]
    assert {path.name: type(error) for path, error in found.rejected.items()} == {
        "a.wasm": componium.ContractError,
        "c.wasm": componium.InvalidComponent,
    }


def test_every_kind(tmp_path: Path) -> None:
    """Native libraries and Python are found with trust, and rejected without; what is no plugin is left alone."""
    shutil.copy(ROOT / "build" / "plugins" / "echo-c.wasm", tmp_path / "component")
    shutil.copy(library("echo-rust"), tmp_path / "library")
    shutil.copytree(ROOT / "sdk-guests" / "plugins" / "echo" / "python", tmp_path / "project")
    (tmp_path / "plugin.py").write_text("raise SystemExit('without trust, this must not run')")
    for name in (".hidden.py", "_private.py", "notes.txt"):
        (tmp_path / name).write_text("nonsense")
    (tmp_path / "folder").mkdir()
    found = componium.discover(tmp_path, contract=LAUNCHER)
    assert [path.name for path in found.components] == ["component"]
    assert {path.name: type(error) for path, error in found.rejected.items()} == dict.fromkeys(
        ("library", "plugin.py", "project"), componium.TrustRequired
    )
    (tmp_path / "plugin.py").write_text("1 / 0")
    found = componium.discover(tmp_path, contract=LAUNCHER, trust=True)
    kinds = {path.name: component.kind for path, component in found.components.items()}
    assert kinds == {"component": "wasm", "library": "native", "project": "python"}
    assert {path.name: type(error) for path, error in found.rejected.items()} == {
        "plugin.py": componium.InvalidComponent
    }


@pytest.fixture
def _installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Install a package with entry points."""
    info = tmp_path / "my_plugins-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: my-plugins\nVersion: 1.0\n")
    points = [
        "absent = my_absent_plugins",
        "broken = my_plugins:Missing",
        "path = my_plugins:PATH",
        "runner = my_plugins:Runner",
    ]
    (info / "entry_points.txt").write_text("\n".join(["[my_app.plugins]", *points]))
    lines = [
        f"PATH = {str(guest('faulty-c'))!r}",
        "class Runner:",
        "    def get_trigger(self): return '?'",
        "    def handle(self, query): return []",
    ]
    (tmp_path / "my_plugins.py").write_text("\n".join(lines))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "my_plugins", raising=False)


@pytest.mark.usefixtures("_installed")
def test_entry_points() -> None:
    """Packages offer plugins as objects or as paths; what cannot be imported is rejected with the reason."""
    found = componium.discover_entry_points("my_app.plugins", contract=LAUNCHER, trust=True)
    assert {name: component.kind for name, component in found.components.items()} == {
        "path": "wasm",
        "runner": "python",
    }
    assert {name: type(error) for name, error in found.rejected.items()} == dict.fromkeys(
        ("absent", "broken"), componium.InvalidComponent
    )
    assert "my_absent_plugins" in str(found.rejected["absent"])


@pytest.mark.usefixtures("_installed")
def test_entry_points_need_trust() -> None:
    """Without trust nothing is imported."""
    found = componium.discover_entry_points("my_app.plugins", contract=LAUNCHER)
    assert not found.components
    assert {type(error) for error in found.rejected.values()} == {componium.TrustRequired}
    assert "my_plugins" not in sys.modules


def test_no_folder(tmp_path: Path) -> None:
    """A folder that does not exist holds no plugins."""
    assert componium.discover(tmp_path / "absent") == componium.Discovery()


def test_plugins_folder() -> None:
    """The folder is named after the application."""
    assert componium.plugins_folder("my-app").parts[-2:] == ("my-app", "plugins")
