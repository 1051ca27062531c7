"""Compiled code is kept on disk, and only ever used when it is sound."""

from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING

import componium
import pytest

from .test_component import ADD

if TYPE_CHECKING:
    from pathlib import Path

WASM = componium.toolchain.parse_text(ADD)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty cache folder."""
    monkeypatch.setenv("COMPONIUM_CACHE_DIR", str(tmp_path))
    return tmp_path / "compiled"


def works(component: componium.Component) -> bool:
    """Tell whether the component answers."""
    with component.instantiate() as instance:
        return bool(instance.add_up(2, 2) == 4)


def test_second_load(folder: Path) -> None:
    """The second load finds the first one's code, and the same WIT."""
    first, second = componium.load(WASM), componium.load(WASM)
    assert (first.cached, second.cached) == (False, True)
    assert works(second)
    assert second.wit == first.wit
    assert second.exports == first.exports
    assert {path.suffix for path in folder.iterdir()} == {".code", ".record"}


def test_switched_off(folder: Path) -> None:
    """Without the cache nothing is written."""
    assert works(componium.load(WASM, cache=False))
    assert not folder.exists()


@pytest.mark.parametrize("suffix", [".code", ".record"])
@pytest.mark.parametrize("damage", ["truncate", "flip", "empty"])
def test_damaged_entry(folder: Path, damage: str, suffix: str) -> None:
    """A damaged entry is not used; the component is compiled again, and the entry replaced."""
    componium.load(WASM)
    (entry,) = folder.glob(f"*{suffix}")
    content = bytearray(entry.read_bytes())
    if damage == "flip":
        content[len(content) // 2] ^= 1
    damaged: dict[str, bytes] = {"truncate": bytes(content[:-50]), "flip": bytes(content), "empty": b""}
    entry.write_bytes(damaged[damage])
    again = componium.load(WASM)
    assert not again.cached
    assert works(again)
    assert componium.load(WASM).cached


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_private(folder: Path) -> None:
    """Only the user can write to the folder: what is in it will be run."""
    componium.load(WASM)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_unusable_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that cannot be written costs speed, nothing else."""
    blocked = tmp_path / "file"
    blocked.write_text("a file, not a folder")
    monkeypatch.setenv("COMPONIUM_CACHE_DIR", str(blocked))
    assert works(componium.load(WASM))
