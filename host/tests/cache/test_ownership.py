"""Compiled code is taken only from places that nobody but the user and root can change."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .conftest import Warnings, entry, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")

only_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can give files to other users"
)

STRANGER = 12345
"""A user's number."""


def test_private(folder: Path) -> None:
    """What is made is for the user alone, missing parents included."""
    load(1)
    for path in (folder, folder.parent):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666], ids=oct)
def test_entry_that_others_can_write(folder: Path, warnings: Warnings, mode: int) -> None:
    """An entry that others may have written is replaced by one that they cannot write."""
    load(1)
    entry(folder).chmod(mode)
    assert not load(1)
    (warning,) = warnings.take()
    assert f"its file can be written by others (mode {mode:o})" in warning
    assert load(1)
    assert stat.S_IMODE(entry(folder).stat().st_mode) == 0o600


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o1777], ids=oct)
def test_folder_that_others_can_write(folder: Path, warnings: Warnings, mode: int) -> None:
    """Others could put entries there: none is used, none is kept, which is told once."""
    load(1)
    folder.chmod(mode)
    assert (load(1), load(2)) == (False, False)
    (warning,) = warnings.take()
    assert warning == (
        f"compiled code is neither kept nor found: {folder} can be written by others (mode {mode:o}); "
        "others could have the application run their code: "
        "take their rights away, or set COMPONIUM_CACHE_DIR to a folder of this user's own"
    )
    assert len([*folder.glob("*.code")]) == 1
    folder.chmod(0o755)
    assert load(1)


def test_parent_that_others_can_write(folder: Path, warnings: Warnings) -> None:
    """Others could put another folder in its place, unless the sticky bit forbids that."""
    load(1)
    folder.parent.chmod(0o777)
    assert not load(1)
    assert f"{folder.parent} can be written by others (mode 777)" in warnings.take()[0]
    folder.parent.chmod(0o1777)
    assert load(1)
    assert warnings.take() == []


def test_links_on_the_way(folder: Path, warnings: Warnings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home may be a symbolic link; every folder that the link leads through counts."""
    load(1)
    link, outer = folder.parent.parent / "link", folder.parent.parent
    link.symlink_to("cache/../cache")
    monkeypatch.setenv("COMPONIUM_CACHE_DIR", str(link))
    assert load(1)
    open_to_all = outer / "open"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    (open_to_all / "in between").symlink_to(outer / "cache")
    monkeypatch.setenv("COMPONIUM_CACHE_DIR", str(open_to_all / "in between"))
    assert not load(1)
    assert f"{open_to_all} can be written by others" in warnings.take()[0]


@pytest.mark.parametrize("kind", ["loop", "file", "dangling link into a file"])
def test_folder_that_is_none(folder: Path, warnings: Warnings, kind: str) -> None:
    """What cannot be a folder costs speed only."""
    folder.parent.mkdir()
    if kind == "loop":
        folder.symlink_to(folder)
    else:
        other = folder if kind == "file" else folder.with_name("other")
        other.write_text("a file, not a folder")
        if other != folder:
            folder.symlink_to(other / "below")
    assert not load(1)
    (warning,) = warnings.take()
    assert warning.startswith("compiled code is neither kept nor found: ")
    assert warning.endswith("; set COMPONIUM_CACHE_DIR to a folder that can be written")


def test_relative_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder may be named from the current one."""
    load(1)
    monkeypatch.chdir(folder.parent.parent)
    monkeypatch.setenv("COMPONIUM_CACHE_DIR", "cache/../cache")
    assert load(1)


@only_root
@pytest.mark.parametrize("place", ["entry", "folder", "parent", "link"])
def test_of_another_user(folder: Path, warnings: Warnings, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What belongs to somebody else is not used."""
    load(1)
    link = folder.parent.parent / "link"
    link.symlink_to(folder.parent)
    if place == "link":
        monkeypatch.setenv("COMPONIUM_CACHE_DIR", str(link))
    path = {"entry": entry(folder), "folder": folder, "parent": folder.parent, "link": link}[place]
    os.chown(path, STRANGER, -1, follow_symlinks=False)
    assert not load(1)
    assert f"belongs to user {STRANGER}" in warnings.take()[0]


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a cache folder that another user can reach, unlike those of pytest."""
    with tempfile.TemporaryDirectory() as outer:
        Path(outer).chmod(0o755)
        monkeypatch.setenv("COMPONIUM_CACHE_DIR", outer)
        yield Path(outer, "compiled")


@pytest.fixture
def stranger() -> Iterator[Callable[[], None]]:
    """Give a function after which the test acts as another user."""
    yield lambda: os.seteuid(STRANGER)
    os.seteuid(0)


@only_root
@pytest.mark.usefixtures("folder")
def test_of_root(shared: Path, stranger: Callable[[], None], warnings: Warnings) -> None:
    """Root could do anything anyway: what an image brings compiled is used by the users in it, who cannot add to it."""
    load(1)
    shared.chmod(0o755)
    entry(shared).chmod(0o644)
    stranger()
    assert (load(1), load(2), load(3)) == (True, False, False)
    assert warnings.take() == [f"compiled code cannot be kept in {shared}: Permission denied (os error 13)"]


@only_root
@pytest.mark.usefixtures("folder")
def test_folder_that_cannot_be_made(shared: Path, stranger: Callable[[], None], warnings: Warnings) -> None:
    """Where there is no folder and none can be made, everything is compiled."""
    stranger()
    assert (load(1), load(1)) == (False, False)
    (warning,) = warnings.take()
    assert warning.startswith(f"compiled code is neither kept nor found: {shared}: Permission denied")
