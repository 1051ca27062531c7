"""Progress in logs, and the table."""

from dataclasses import replace
from pathlib import Path

import pytest
from componium_sdk import BuildError, Built, Failure, Kind, MissingToolError, Outcome, Place, Progress, load_project
from componium_sdk._console import print_outcome


@pytest.fixture
def built(c_project: Path) -> Built:
    """An artifact."""
    path = c_project.parent / ("a-long-folder-name" * 5) / "greeter-c.wasm"
    return Built(load_project(c_project), Kind.WASM, path, 1_234_567, "0123456789abcdef" * 4, 1.25, fresh=False)


def test_log_has_a_line_for_each_end(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    """In a log every finished and failed build is one entry on standard error."""
    with Progress() as progress:
        progress.started("greeter-c")
        progress.progressed("greeter-c", "compiling")
        progress.finished(built)
        progress.started("other")
        progress.failed("other", MissingToolError("rustc", "not found", "Install it."))

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines()[0].split() == ["built", "greeter-c", "1.2", "s"]
    assert "FAILED other: rustc: not found" in captured.err
    assert "compiling" not in captured.err  # it took no ten seconds


def test_long_builds_say_something(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """In a log a build that takes long says now and then what it does."""
    monkeypatch.setattr("componium_sdk._console._LOG_INTERVAL", 0.0)
    with Progress() as progress:
        progress.started("greeter-c")
        progress.progressed("greeter-c", "compiling [1/2]")

    assert "greeter-c: compiling [1/2]" in capsys.readouterr().err


def test_warnings_of_a_new_artifact_are_shown(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    """What the compiler said stands below the artifact's line, once."""
    with Progress() as progress:
        progress.finished(replace(built, warnings="a.c:1:2: warning: unused [-Wunused]\n"))
        progress.finished(replace(built, warnings="a.c:1:2: warning: unused [-Wunused]\n", fresh=True))

    assert capsys.readouterr().err.count("a.c:1:2: warning: unused [-Wunused]") == 1


def test_table_is_whole_in_a_pipe(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    """Where there is no terminal, nothing is cut to its width."""
    print_outcome(Outcome((built,), ()))

    output = capsys.readouterr().out
    for text in (str(built.path), "1,234,567", "0123456789abcdef", "built"):
        assert text in output


def test_failures_are_repeated_at_the_end(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """What failed stands below the table in a line each: place, tool, message; without artifacts there is no table."""
    error = BuildError("zig cc", "expected ';'", "a.c:3:7: error: expected ';'\nmore", Place(Path("a.c"), 3, 7))
    print_outcome(Outcome((), (Failure(tmp_path, "greeter-c", error),)))

    captured = capsys.readouterr()
    assert captured.err == "FAILED greeter-c: a.c:3:7: zig cc: expected ';'\n"
    assert captured.out == ""
