"""The stub of the native half, which is written by hand."""

from __future__ import annotations

import subprocess
import sys

from .conftest import ROOT


def test_stub_is_true() -> None:
    """Names, parameters and kinds in the stub are those of the extension."""
    command = [sys.executable, "-m", "mypy.stubtest", "componium._native", "--mypy-config-file", "pyproject.toml"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
