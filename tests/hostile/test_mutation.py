"""Damaged plugins give documented errors."""

from pathlib import Path

import pytest

from . import mutation
from .mutation import Input, attempt, sources
from .watchdog import Watchdog


def test_reproducible() -> None:
    """An input follows from seed and number alone, and is not what it was made from."""
    valid = sources()
    assert sources() == valid
    made = [Input(seed, number).make(valid) for seed in (1, 2) for number in range(20)]
    assert made == [Input(seed, number).make(valid) for seed in (1, 2) for number in range(20)]
    assert len(set(made)) == len(made)
    assert not set(made) & set(valid)


def test_sources_run() -> None:
    """What is damaged is sound before."""
    assert not {attempt(wasm) for wasm in sources()} & {"InvalidComponent", "ImportsError"}


def test_some_inputs(capsys: pytest.CaptureFixture[str]) -> None:
    """A hundred inputs end in documented errors."""
    assert mutation.main(["--seed", "7", "--count", "100"]) == 0
    assert "100 inputs" in capsys.readouterr().out


def test_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """An input after which the process is gone, or that raises what is not documented, is kept and told."""
    monkeypatch.setattr(mutation, "FOUND", tmp_path)
    monkeypatch.setattr(Watchdog, "ask", lambda *_: "PanicException: something")
    assert mutation.main(["--seed", "7", "--first", "3", "--count", "1"]) == 1
    assert (tmp_path / "7-3.wasm").read_bytes() == Input(7, 3).make(sources())
    assert "again: mutate --seed 7 --first 3 --count 1" in capsys.readouterr().out
