"""`componium inspect`."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from componium._cli.group import commands

from host.tests.conftest import ROOT

from .conftest import library

if TYPE_CHECKING:
    from pathlib import Path

PLUGINS = ROOT / "build" / "plugins"
RUNNER = "componium:launcher/runner@0.1.0"


def run(*arguments: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(commands, ["inspect", *map(str, arguments)])


def report(path: object) -> dict[str, Any]:
    """Read the report as JSON."""
    result = run(path, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_components() -> None:
    """Kind, size, world, and what can be enforced."""
    path = PLUGINS / "echo-c.wasm"
    found = report(path)
    assert (found["name"], found["kind"], found["size"]) == (path.name, "wasm", path.stat().st_size)
    assert found["enforces"] == ["deadline", "environment", "grants", "memory"]
    assert [interface["name"] for interface in found["exports"]] == [RUNNER]
    assert found["exports"][0]["functions"][0] == {"name": "get-trigger", "wit": "get-trigger: func() -> string"}
    assert "needs no trust" in found["trust"]
    assert run(path, "--wit").stdout.rstrip() == found["wit"].rstrip()
    assert "world root" in found["wit"]


def test_libraries() -> None:
    """System, processor, ABI and digest, as the library says them."""
    found = report(library("echo-rust"))
    assert (found["kind"], found["enforces"]) == ("native", [])
    if sys.platform == "linux":
        assert found["enforces_in_worker"] == ["deadline", "environment", "memory"]
    (described,) = found["libraries"]
    assert (described["abi"], described["pointer"], len(described["digest"])) == (1, 8, 64)
    assert {"system", "architecture", "name"} < set(described)
    assert [interface["name"] for interface in found["exports"]] == [RUNNER]
    assert "ends the whole process" in found["trust"]


def test_python_is_not_run(tmp_path: Path) -> None:
    """A file says nothing about its world; a project's manifest does."""
    path = tmp_path / "plugin.py"
    path.write_text("raise SystemExit(3)")
    found = report(path)
    assert (found["kind"], found["wit"], found["exports"]) == ("python", None, [])
    assert "what its application's contract exports" in run(path).stdout
    assert run(path, "--wit").exit_code == 1
    found = report(ROOT / "sdk-guests" / "plugins" / "echo" / "python")
    assert [interface["name"] for interface in found["exports"]] == [RUNNER]


def test_packages(tmp_path: Path) -> None:
    """The component's world, and every library."""
    (tmp_path / "native").mkdir()
    shutil.copy(PLUGINS / "echo-c.wasm", tmp_path / "echo.wasm")
    shutil.copy(library("echo-c"), tmp_path / "native" / "echo")
    for path in (tmp_path, shutil.make_archive(str(tmp_path / "echo"), "zip", tmp_path)):
        found = report(path)
        assert found["kind"] == "package"
        assert [each["name"].rpartition("/")[2] for each in found["libraries"]] == ["echo"]


def test_text() -> None:
    """The text is plain where nobody sees colours."""
    shown = run(PLUGINS / "echo-rust.wasm")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("echo-rust.wasm is a component, which runs in a sandbox (wasm).\n")
    assert "    log: func(level: level, message: string)\n" in shown.stdout
    assert "wasi:cli/environment@" in shown.stdout
    assert "\x1b" not in shown.stdout


@pytest.mark.parametrize("content", [b"", b"\0asm\1\0\0\0", b"\x7fELF" + bytes(60)], ids=["empty", "module", "elf"])
def test_what_is_no_plugin(content: bytes, tmp_path: Path) -> None:
    """It fails with a message instead of a traceback."""
    path = tmp_path / "bad"
    path.write_bytes(content)
    result = run(path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("error: bad")


def test_wrong_command_lines(tmp_path: Path) -> None:
    """They have an exit code of their own."""
    assert run(tmp_path / "absent").exit_code == 2
    assert run(PLUGINS / "echo-c.wasm", "--json", "--wit").exit_code == 2
