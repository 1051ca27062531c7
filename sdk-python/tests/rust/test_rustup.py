"""rustup, played by a script."""

import sys
import time
from pathlib import Path

import pytest
from componium_sdk._rust import _rustup

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the part of rustup is played by a shell script")


@pytest.fixture(autouse=True)
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine's settings: rustup may install."""
    monkeypatch.delenv("RUSTUP_AUTO_INSTALL", raising=False)


def play(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a script on PATH in rustup's place."""
    (folder / "rustup").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "rustup").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_adds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked to add the target, in the project's folder."""
    play(tmp_path, monkeypatch, 'echo "$PWD $*" > called')

    assert _rustup.add_target(tmp_path, lambda _line: None)
    assert (tmp_path / "called").read_text() == f"{tmp_path} target add wasm32-wasip1\n"


def test_failure_is_reported_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a network its last line is reported, not its whole story."""
    play(tmp_path, monkeypatch, "echo info: many >&2; echo error: no route >&2; exit 1")
    lines: list[str] = []

    assert not _rustup.add_target(tmp_path, lines.append)
    assert lines[1:] == ["rustup could not add the target: error: no route"]


def test_hanging_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A download that never comes does not hang the build."""
    play(tmp_path, monkeypatch, "exec sleep 60")
    monkeypatch.setattr(_rustup, "_TIMEOUT", 0.3)
    started = time.monotonic()

    assert not _rustup.add_target(tmp_path, lambda _line: None)
    assert time.monotonic() - started < 30


def test_respects_who_installs_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`RUSTUP_AUTO_INSTALL=0` keeps it alone."""
    play(tmp_path, monkeypatch, "echo called > called")
    monkeypatch.setenv("RUSTUP_AUTO_INSTALL", "0")

    assert not _rustup.add_target(tmp_path, lambda _line: None)
    assert not (tmp_path / "called").exists()
