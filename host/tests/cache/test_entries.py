"""Entries are found again, and only ever used when they are sound and of the same component."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import componium
import pytest

from .conftest import Warnings, entry, load, plugin

if TYPE_CHECKING:
    from pathlib import Path

END = 88
"""Bytes after code, WIT and name."""


def test_second_load(folder: Path, warnings: Warnings) -> None:
    """The second load finds the first one's code, and the same WIT."""
    first, second = componium.load(plugin(1)), componium.load(plugin(1))
    assert (first.cached, second.cached) == (False, True)
    assert second.wit == first.wit
    assert second.exports == first.exports
    assert load(1)
    assert sorted(path.suffix for path in folder.iterdir()) == ["", ".code"]
    assert warnings.take() == []


def test_switched_off(folder: Path) -> None:
    """Without the cache nothing is written."""
    assert not componium.load(plugin(1), cache=False).cached
    assert not folder.exists()


def test_each_component_has_its_entry(folder: Path) -> None:
    """One byte makes another component; a component that cannot be compiled leaves nothing."""
    assert (load(1), load(2), load(1), load(2)) == (False, False, True, True)
    with pytest.raises(componium.InvalidComponent):
        componium.load(plugin(1)[:-4])
    assert len([*folder.glob("*.code")]) == 2
    assert not [*folder.glob("*.turn")]


def _flip(content: bytearray, position: int) -> None:
    content[position] ^= 1


@pytest.mark.parametrize("place", ["code", "wit", "name", "key", "length", "digest"])
def test_flipped_bit(folder: Path, warnings: Warnings, place: str) -> None:
    """One wrong bit anywhere is found: the component is compiled again, which is told, and the entry replaced."""
    load(1)
    path = entry(folder)
    content = bytearray(path.read_bytes())
    name = len("plugin 1")
    after = {"wit": END + name + 1, "name": END + 1, "key": END, "length": END - 32, "digest": 1}
    _flip(content, len(content) - after[place] if place in after else len(content) // 2)
    path.write_bytes(content)
    assert not load(1)
    (warning,) = warnings.take()
    assert warning.startswith("plugin 1 is compiled again, as its compiled code is not used: its file is damaged (")
    assert str(path) in warning
    assert load(1)
    assert warnings.take() == []


@pytest.mark.parametrize("size", [0, 1, END - 1, END, END + 1, -1, -END])
def test_truncated(folder: Path, warnings: Warnings, size: int) -> None:
    """A file that a crash cut off is damaged, wherever that happened."""
    load(1)
    path = entry(folder)
    path.write_bytes(path.read_bytes()[:size])
    assert not load(1)
    assert "its file is damaged" in warnings.take()[0]
    assert load(1)


def test_longer(folder: Path, warnings: Warnings) -> None:
    """Nothing may follow either."""
    load(1)
    with entry(folder).open("ab") as file:
        file.write(b"\0")
    assert not load(1)
    assert "its file is damaged" in warnings.take()[0]


def test_of_another_component(folder: Path, warnings: Warnings) -> None:
    """A sound entry of another component, or made by another version, is not used under this one's name."""
    load(1)
    first = entry(folder)
    other = first.rename(folder / "other")
    load(2)
    second = entry(folder)
    shutil.copy(other, second)
    assert not load(2)
    assert "its file is of another component, machine or version" in warnings.take()[0]
    assert load(2)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
@pytest.mark.parametrize("kind", ["symbolic link", "broken link", "pipe"])
def test_not_a_file(folder: Path, warnings: Warnings, kind: str) -> None:
    """What is no regular file is not used, and not waited for."""
    load(1)
    path = entry(folder)
    other = path.rename(folder / "other")
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(other if kind == "symbolic link" else folder / "nothing")
    assert not load(1)
    assert warnings.take() == [
        f"plugin 1 is compiled again, as its compiled code is not used: its file is not a regular file ({path})"
    ]
    assert load(1)
    assert not path.is_symlink()


def test_component_that_runs_keeps_its_code(folder: Path) -> None:
    """Removing or replacing an entry does nothing to those who use it."""
    load(1)
    component = componium.load(plugin(1))
    assert component.cached
    path = entry(folder)
    path.unlink()
    path.write_bytes(b"something else")
    with component.instantiate() as instance:
        assert instance.answer() == 1
