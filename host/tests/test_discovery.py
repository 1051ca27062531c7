"""Finding plugins."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import componium

from .conftest import ROOT, guest

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


def test_no_folder(tmp_path: Path) -> None:
    """A folder that does not exist holds no plugins."""
    assert componium.discover(tmp_path / "absent") == componium.Discovery()


def test_plugins_folder() -> None:
    """The folder is named after the application."""
    assert componium.plugins_folder("my-app").parts[-2:] == ("my-app", "plugins")
