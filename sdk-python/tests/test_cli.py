"""The command line, in processes of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def sdk(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    command = [sys.executable, "-m", "componium_sdk", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("arguments", [("--help",), ("build", "--help"), ("toolchain", "--help")], ids=" ".join)
def test_help(arguments: tuple[str, ...]) -> None:
    """Every command explains itself; those that do something show examples."""
    finished = sdk(*arguments)

    assert finished.returncode == 0
    assert arguments == ("--help",) or "python -m componium_sdk" in finished.stdout.split("Usage", 1)[1][20:]


def test_build_prints_a_table_without_colours(c_project: Path, tmp_path: Path) -> None:
    """In a pipe: the table on standard output, progress on standard error, no control characters in either."""
    finished = sdk("build", c_project, "--output", tmp_path / "out")

    assert finished.returncode == 0
    assert "greeter-c.wasm" in finished.stdout
    assert "built" in finished.stderr
    assert "\x1b" not in finished.stdout + finished.stderr


def test_json(c_project: Path, tmp_path: Path) -> None:
    """`--json` prints artifacts and failures, with places, and nothing else to standard output."""
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "componium.toml").write_text("[plugin]\n")
    (c_project / "broken.c").write_text("\n  x;\n")

    finished = sdk("build", c_project, broken, "--output", tmp_path / "out", "--json")
    result = json.loads(finished.stdout)

    assert finished.returncode == 1
    assert result["artifacts"] == []
    [in_source, in_manifest] = result["failures"]
    assert (in_source["tool"], in_source["line"]) == ("zig cc", 2)
    assert in_source["file"] == str(c_project / "broken.c")
    assert in_manifest["key"] == "plugin.name" or in_manifest["key"] == "contract"
    assert in_manifest["file"] == str(broken / "componium.toml")

    (c_project / "broken.c").unlink()
    [artifact] = json.loads(sdk("build", c_project, "--output", tmp_path / "out", "--json").stdout)["artifacts"]
    path = Path(artifact["path"])
    assert (artifact["name"], artifact["language"], artifact["fresh"]) == ("greeter", "c", False)
    assert artifact["size"] == path.stat().st_size
    assert len(artifact["sha256"]) == 64


def test_kinds(c_project: Path, tmp_path: Path) -> None:
    """Libraries come beside the component, or instead of it."""
    beside, instead = tmp_path / "beside", tmp_path / "instead"

    assert sdk("build", c_project, "--output", beside, "--native").returncode == 0
    finished = sdk("build", c_project, "--output", instead, "--no-wasm", "--native", "--march-native", "--json")

    artifacts = json.loads(finished.stdout)["artifacts"]
    assert [artifact["kind"] for artifact in artifacts] == ["native", "march-native"]
    library = Path(artifacts[0]["path"]).name
    assert {path.name for path in beside.iterdir()} == {".componium", "greeter-c.wasm", library}
    assert {path.name for path in instead.iterdir()} == {".componium", library, Path(artifacts[1]["path"]).name}


def test_nothing_to_build(c_project: Path, tmp_path: Path) -> None:
    """`--no-wasm` alone is a mistake."""
    finished = sdk("build", c_project, "--output", tmp_path / "out", "--no-wasm")

    assert finished.returncode == 2
    assert "--native" in finished.stderr


def test_exit_codes(tmp_path: Path) -> None:
    """A wrong command line is 2, a wrong manifest 3."""
    assert sdk("build").returncode == 2
    assert sdk("build", tmp_path, "--output", tmp_path / "out").returncode == 3
