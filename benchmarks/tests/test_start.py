"""The start of a backend."""

import json
from pathlib import Path

import pytest

from benchmarks import start
from benchmarks.backends.backend import UnavailableError


def test_phases_are_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Every phase took some time."""
    assert start.main("python", str(tmp_path), str(tmp_path)) == 0
    phases = json.loads(capsys.readouterr().out)["phases"]
    assert tuple(phases) == start.PHASES
    assert min(phases.values()) > 0


def test_unavailable_backend_is_no_failure(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The reason is printed instead."""

    def refuse(*_: object) -> None:
        raise UnavailableError("not here")

    monkeypatch.setattr(start, "measure", refuse)
    assert start.main("python", str(tmp_path), str(tmp_path)) == 0
    assert json.loads(capsys.readouterr().out) == {"missing": "not here"}
