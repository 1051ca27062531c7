"""The kept bindings: current, complete, deterministic, formatted, and clean for two type checkers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from componium._bindgen import generate, read_wit
from componium._cli.bindgen import bindgen

from .contracts import CONTRACTS, LINE_LENGTH, ROOT


@pytest.mark.parametrize("path", CONTRACTS)
def test_kept_bindings_are_current(path: str) -> None:
    """What `componium bindgen` writes is what is kept."""
    source, world = CONTRACTS[path]
    chosen = [] if world is None else ["--world", world]
    arguments = [str(ROOT / source), *chosen, "--output", str(ROOT / path)]
    checked = CliRunner().invoke(bindgen, [*arguments, "--line-length", str(LINE_LENGTH), "--check"])
    assert checked.exit_code == 0, f"{checked.output}run host/tests/bindgen/contracts.py"


def test_every_contract_of_the_repository_has_bindings() -> None:
    """No WIT file of the repository goes untested."""
    listed = subprocess.run(
        ["git", "ls-files", "*.wit"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    sources = [source for source, _ in CONTRACTS.values()]
    missed = [path for path in listed if not any(Path(path).is_relative_to(source) for source in sources)]
    assert listed
    assert missed == []


def test_bindings_do_not_depend_on_hashes() -> None:
    """Two processes, whose strings hash differently, write the same."""
    source = "host/tests/bindgen/wit/clashes.wit"
    written = {
        subprocess.run(
            [sys.executable, "-m", "componium", "bindgen", ROOT / source],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(written) == 1


@pytest.mark.parametrize("width", [88, 120])
@pytest.mark.parametrize(("source", "world"), sorted(set(CONTRACTS.values()), key=str))
def test_bindings_are_formatted(source: str, world: str | None, width: int, tmp_path: Path) -> None:
    """Ruff's formatter has nothing to change."""
    path = tmp_path / "bindings.py"
    path.write_text(generate(read_wit(ROOT / source, world), width), encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--diff", "--line-length", str(width), str(path)]
    formatted = subprocess.run(command, capture_output=True, text=True, check=False)
    assert formatted.returncode == 0, formatted.stdout + formatted.stderr


def test_mypy_accepts_bindings() -> None:
    """Mypy, strict, finds nothing in the bindings and what it should in their use."""
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--warn-unreachable",
        "host/tests/bindgen",
        "examples/launcher",
    ]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_pyright_accepts_bindings() -> None:
    """Pyright, strict, finds nothing in the bindings and what it should in their use."""
    python = sys.executable
    command = [python, "-m", "basedpyright", "--pythonpath", python, "--project", str(ROOT / "pyproject.toml")]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
