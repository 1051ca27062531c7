"""The `componium` command, in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from componium._cli.group import commands

from .conftest import ROOT, guest

if TYPE_CHECKING:
    from pathlib import Path

LAUNCHER = ("wit/launcher/0.1.0", "--world", "plugin")


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command from the root of the repository."""
    return subprocess.run(
        [sys.executable, "-m", "componium", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("command", ["", "bindgen", "cache", "completion", "parity", "replay"])
def test_help_has_examples(command: str) -> None:
    """Every command explains itself, with examples."""
    helped = run(*command.split(), "--help")
    assert helped.returncode == 0
    assert "Examples:\n  " in helped.stdout


def test_version() -> None:
    """The version is that of the distribution."""
    assert run("--version").stdout.startswith("componium, version ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    """The script of a shell calls the command back, which then offers subcommands."""
    assert "_COMPONIUM_COMPLETE" in run("completion", shell).stdout
    offered = run(_COMPONIUM_COMPLETE="bash_complete", COMP_WORDS="componium bi", COMP_CWORD="1")
    assert offered.stdout == "plain,bindgen\n"


def test_subcommands_of_others_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another distribution adds a subcommand by an entry point; one of its own name is not replaced."""
    monkeypatch.setattr("componium._cli.group.entry_points", _entry_points)
    listed = CliRunner().invoke(commands, ["--help"]).output
    assert "  other " in listed
    assert CliRunner().invoke(commands, ["other", "bash"]).exit_code == 0
    assert "SOURCE" in CliRunner().invoke(commands, ["bindgen", "--help"]).output
    assert CliRunner().invoke(commands, ["unknown"]).exit_code == 2


def _entry_points(*, group: str, name: str | None = None) -> object:
    """Have two entry points, of which one has a name that is taken."""
    from importlib.metadata import EntryPoint  # noqa: PLC0415  # beside its only use

    value = "componium._cli.completion:completion"
    points = [EntryPoint(each, value, group) for each in ("other", "bindgen")]
    return [point for point in points if name in {None, point.name}]


def test_importing_the_package_is_not_slowed() -> None:
    """Applications do not pay for the command."""
    code = "import sys, componium; print([name for name in sys.modules if 'click' in name or 'bindgen' in name])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_output_goes_to_standard_output_or_a_file(tmp_path: Path) -> None:
    """Both say the same."""
    path = tmp_path / "bindings.py"
    written = run("bindgen", *LAUNCHER, "--output", path)
    assert (written.returncode, written.stdout, written.stderr) == (0, "", "")
    assert path.read_text(encoding="utf-8") == run("bindgen", *LAUNCHER).stdout


def test_check_accepts_what_is_current(tmp_path: Path) -> None:
    """Nothing is said, nothing is written."""
    path = tmp_path / "bindings.py"
    run("bindgen", *LAUNCHER, "--output", path)
    before = path.stat().st_mtime_ns
    checked = run("bindgen", *LAUNCHER, "--output", path, "--check")
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    assert path.stat().st_mtime_ns == before


def test_check_shows_what_is_out_of_date(tmp_path: Path) -> None:
    """A short difference goes to standard output, the remedy to standard error."""
    path = tmp_path / "bindings.py"
    run("bindgen", *LAUNCHER, "--output", path)
    path.write_text(path.read_text(encoding="utf-8").replace("exec: str", "exec: bytes"), encoding="utf-8")
    checked = run("bindgen", *LAUNCHER, "--output", path, "--check")
    assert checked.returncode == 1
    assert "-    exec: bytes\n+    exec: str\n" in checked.stdout
    assert checked.stderr == (
        f"error: {path} is out of date; run `componium bindgen {' '.join(LAUNCHER)} --output {path}`\n"
    )


def test_check_needs_the_file(tmp_path: Path) -> None:
    """A file that is missing is out of date; no file at all is a wrong command line."""
    missing = run("bindgen", *LAUNCHER, "--output", tmp_path / "absent.py", "--check")
    assert missing.returncode == 1
    assert "does not exist" in missing.stderr
    assert run("bindgen", *LAUNCHER, "--check").returncode == 2


def test_a_component_is_a_source() -> None:
    """What a component carries of its contract is enough for bindings, without documentation."""
    text = run("bindgen", guest("values-rust")).stdout
    assert "class Root(wit.World, contract=_WIT):" in text
    assert '@wit.record("test:values/types@0.1.0", "point")' in text
    assert run("bindgen", guest("values-rust"), "--world", "root").returncode == 2


def test_errors_go_to_standard_error(tmp_path: Path) -> None:
    """An error names the place and the problem, without colour in a pipe; the exit code tells the kind."""
    wrong = tmp_path / "wrong.wit"
    wrong.write_text("package demo:wrong;\nworld wrong { import nothing-here; }\n")
    failed = run("bindgen", wrong)
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.startswith("error: cannot read ")
    assert "wrong.wit:2:22" in failed.stderr
    assert "\x1b" not in failed.stderr
    assert "one must be explicitly chosen" in run("bindgen", "wit/launcher/0.1.0").stderr
    assert run("bindgen", tmp_path / "absent.wit").returncode == 2


UNSUPPORTED = {
    "stream": ("export read: func() -> stream<u8>;", "`read`: values of the type `stream` cannot cross"),
    "async": ("export read: async func();", "`read` is asynchronous, and cannot be called yet"),
    "record": ("record r { a: stream }  export read: func(r: r);", "`r`: values of the type `stream` cannot cross"),
}


@pytest.mark.parametrize(("items", "problem"), UNSUPPORTED.values(), ids=UNSUPPORTED)
def test_what_cannot_cross_is_refused(items: str, problem: str, tmp_path: Path) -> None:
    """No module is written that would promise what the run time cannot do; the error names the place."""
    source = tmp_path / "streams.wit"
    source.write_text(f"package demo:streams;\nworld streams {{ {items} }}\n")
    failed = run("bindgen", source, "--output", tmp_path / "bindings.py")
    assert failed.returncode == 1
    assert failed.stderr.startswith(f"error: {source}: ")
    assert problem in failed.stderr
    assert not (tmp_path / "bindings.py").exists()
