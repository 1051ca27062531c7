"""The command line."""

from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.results import Results


def test_report_prints_the_page(results: Results, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page of an earlier run needs no second run."""
    path = tmp_path / "results.json"
    results.save(path)
    assert main(["report", str(path)]) == 0
    assert capsys.readouterr().out.startswith("# Benchmarks\n")


def test_guests_that_are_not_built_end_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The error says what to do, and nothing is measured."""
    assert main(["--guests", str(tmp_path), "--output", str(tmp_path)]) == 2
    assert "nox -s build" in capsys.readouterr().err.replace("\n", " ")
    assert not (tmp_path / "results.json").exists()
