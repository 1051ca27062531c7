"""The folder keeps within its size, and what was not used for longest makes room."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from .conftest import Warnings, entry, load, plugin_name
from .test_entries import END

if TYPE_CHECKING:
    from pathlib import Path

HOUR = 60 * 60


def _size(folder: Path) -> int:
    """Measure one entry; those of plugins with numbers of one digit have the same size."""
    load(9)
    path = entry(folder)
    size = path.stat().st_size
    path.unlink()
    return size


def _age(folder: Path, number: int, hours: float) -> None:
    """Make an entry look as if it had been used last some time ago."""
    then = time.time() - hours * HOUR
    os.utime(_entry(folder, number), (then, then))


def _entry(folder: Path, number: int) -> Path:
    """Find the entry of a plugin."""
    name = plugin_name(number).encode()
    (path,) = (path for path in folder.glob("*.code") if path.read_bytes()[:-END].endswith(name))
    return path


@pytest.fixture
def room_for_three(folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Allow the size of three entries, and give it."""
    size = 3 * _size(folder)
    monkeypatch.setenv("COMPONIUM_CACHE_SIZE", str(size))
    return size


def test_least_recently_used(folder: Path, room_for_three: int, warnings: Warnings) -> None:
    """The fourth entry takes the place of the one that was not used for longest, though it is not the oldest."""
    for number in (1, 2, 3):
        load(number)
        _age(folder, number, 10 - number)
    assert load(1)
    load(4)
    assert sum(path.stat().st_size for path in folder.glob("*.code")) == room_for_three
    assert (load(1), load(3), load(4)) == (True, True, True)
    assert not load(2)
    assert warnings.take() == []


def test_use_is_noted_to_the_hour(folder: Path) -> None:
    """A load that follows another one soon writes nothing; a time in the future, of a wrong clock, is put right."""
    load(1)
    for hours, noted in ((0.9, False), (1.1, True), (-10, True)):
        _age(folder, 1, hours)
        before = entry(folder).stat().st_mtime_ns
        assert load(1)
        after = entry(folder).stat().st_mtime_ns
        assert (after != before) is noted
        assert not noted or abs(after / 1e9 - time.time()) < HOUR / 2


@pytest.mark.usefixtures("room_for_three")
def test_damaged_entries_make_room_too(folder: Path) -> None:
    """They count as what they take up on the disk."""
    for number in (1, 2, 3):
        load(number)
        _age(folder, number, 10 - number)
    damaged = _entry(folder, 1)
    damaged.write_bytes(b"\1" * damaged.stat().st_size)
    os.utime(damaged, (0, 0))
    load(4)
    assert not damaged.exists()
    assert (load(2), load(3), load(4)) == (True, True, True)


def test_what_is_not_the_caches_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder may have been somebody's before: only files that are named as the cache names them are removed."""
    folder.mkdir(parents=True, mode=0o700)
    kept = ["notes.code", "0" * 63 + ".code", "0" * 64 + ".txt", "a.part"]
    for name in kept:
        (folder / name).write_bytes(b"\0" * 100_000)
    load(1)
    monkeypatch.setenv("COMPONIUM_CACHE_SIZE", "50K")
    load(2)
    assert all((folder / name).exists() for name in kept)


def test_too_large_alone(folder: Path, warnings: Warnings, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry larger than all that is allowed evicts nothing, and is not kept."""
    load(1)
    monkeypatch.setenv("COMPONIUM_CACHE_SIZE", "1K")
    assert not load(2)
    size = entry(folder).stat().st_size
    assert warnings.take() == [
        f"the compiled code of plugin 2 is not kept: its {size} bytes are more than COMPONIUM_CACHE_SIZE allows"
    ]
    assert load(1)


def test_nothing_is_kept(folder: Path, warnings: Warnings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A size of zero is a wish, not a problem."""
    monkeypatch.setenv("COMPONIUM_CACHE_SIZE", "0")
    assert (load(1), load(1)) == (False, False)
    assert not [*folder.glob("*.code")]
    assert warnings.take() == []


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("size", ["1.5G", "-1", "G", "1X", "99999999999T"])
def test_size_without_meaning(size: str, warnings: Warnings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default holds, and the mistake is told once."""
    monkeypatch.setenv("COMPONIUM_CACHE_SIZE", size)
    assert (load(1), load(2), load(1)) == (False, False, True)
    (warning,) = warnings.take()
    assert warning.startswith(f'COMPONIUM_CACHE_SIZE is "{size}"')


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("size", ["1000000", "1000K", "1000 kib", "1M", "1mib", "1G", "1TiB", ""])
def test_sizes(size: str, warnings: Warnings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes may have units, which are powers of 1,024."""
    monkeypatch.setenv("COMPONIUM_CACHE_SIZE", size)
    assert (load(1), load(1)) == (False, True)
    assert warnings.take() == []
