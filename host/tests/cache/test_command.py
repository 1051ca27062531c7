"""`componium cache`."""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from typing import TYPE_CHECKING, Any

import componium
import pytest
from click.testing import CliRunner, Result
from componium._cli.group import commands

from .conftest import entry, load, plugin

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str, color: bool = False) -> Result:
    """Run a subcommand."""
    return CliRunner().invoke(commands, ["cache", *arguments], color=color)


def read(*arguments: str) -> Any:
    """Run a subcommand and read its JSON."""
    return json.loads(run(*arguments, "--json").stdout)


@pytest.mark.parametrize("command", ["list", "clear", "verify", "path"])
def test_help(command: str) -> None:
    """Each explains itself, with examples."""
    assert f"Examples:\n    componium cache {command}\n" in run(command, "--help").stdout


def test_path(folder: Path) -> None:
    """The folder is named before it exists."""
    assert run("path").stdout == f"{folder}\n"
    assert read("path") == {"path": str(folder)}


def test_empty(folder: Path) -> None:
    """Looking makes no folder."""
    assert run("list").stdout == "      0 B  0 entries; at most 1.0 GiB\n"
    assert read("list") == {"entries": [], "size": 0, "limit": 2**30}
    assert run("verify").stdout == "0 entries sound\n"
    assert run("clear").stdout == "removed 0 entries, 0 B\n"
    assert not folder.exists()


def test_list(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each entry has its plugin's name, size and last use; the sum stands below."""
    load(1)
    monkeypatch.setenv("COMPONIUM_CACHE_SIZE", "500M")
    path = entry(folder)
    size = path.stat().st_size
    found = read("list")
    (only,) = found["entries"]
    assert (only["file"], only["plugin"], only["size"]) == (str(path), "plugin 1", size)
    assert abs(datetime.fromisoformat(only["used"]).timestamp() - time.time()) < 600
    assert (found["size"], found["limit"]) == (size, 500 * 2**20)
    listed = run("list").stdout.splitlines()
    assert listed[0].endswith(f"  plugin 1  {path.name}")
    assert listed[1].endswith(" KiB  1 entry; at most 500.0 MiB")


def test_names_cannot_command_the_terminal(folder: Path) -> None:
    """A plugin is named by whoever made its file."""
    componium.load(plugin(1), name="a\x1b[2Jb\nc")
    assert "  a?[2Jb?c  " in run("list").stdout
    assert read("list")["entries"][0]["plugin"] == "a\x1b[2Jb\nc"
    assert entry(folder).exists()


def test_colours_on_a_terminal_only() -> None:
    """What goes into a pipe is plain."""
    load(1)
    assert "\x1b" not in run("list").stdout
    assert "\x1b" in run("list", color=True).stdout


def test_verify(folder: Path) -> None:
    """An entry that is not sound is named, and makes the command fail."""
    load(1)
    load(2)
    assert run("verify").stdout == "2 entries sound\n"
    damaged = next(path for path in folder.glob("*.code") if b"plugin 2" in path.read_bytes())
    content = bytearray(damaged.read_bytes())
    content[100] ^= 1
    damaged.write_bytes(content)
    verified = run("verify")
    assert verified.exit_code == 1
    assert verified.stdout == f"unsound  plugin 2: its file is damaged {damaged}\n1 entry sound\n"
    assert verified.stderr == "error: 1 entry not sound; run `componium cache clear` to remove all\n"
    problems = {entry["plugin"]: entry["problem"] for entry in read("verify")["entries"]}
    assert problems == {"plugin 1": None, "plugin 2": "its file is damaged"}


def test_clear(folder: Path) -> None:
    """Everything goes, damaged entries and leftovers included, and the next load compiles."""
    load(1)
    load(2)
    entries = [*folder.glob("*.code")]
    entries[0].write_bytes(b"damaged")
    (folder / ("0" * 64 + ".aBc123.part")).write_bytes(b"")
    size = sum(path.stat().st_size for path in entries)
    assert read("clear") == {"entries": 2, "size": size}
    assert [path.name for path in folder.iterdir()] == ["lock"]
    assert not load(1)
    assert run("clear").stdout.startswith("removed 1 entry, ")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
@pytest.mark.parametrize("command", ["list", "verify", "clear"])
def test_folder_that_is_not_used(folder: Path, command: str) -> None:
    """What a load would not use is not touched, and the remedy is told."""
    load(1)
    folder.chmod(0o777)
    failed = run(command)
    assert failed.exit_code == 1
    assert failed.stderr.startswith(
        f"error: compiled code is neither kept nor found: {folder} can be written by others"
    )
    assert entry(folder).exists()
