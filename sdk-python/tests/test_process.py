"""Tools as processes: what comes back, and what ends them."""

import sys
import time
from pathlib import Path

import pytest
from componium_sdk import MissingToolError
from componium_sdk._process import run


def python(code: str) -> tuple[str, ...]:
    """A command that runs Python code."""
    return (sys.executable, "-c", code)


def test_returns_both_streams_and_the_code(tmp_path: Path) -> None:
    """Output, errors and exit code come back apart, and errors line by line."""
    lines: list[str] = []
    code = "import sys; print('out'); print('one\\ntwo', file=sys.stderr); sys.exit(3)"
    finished = run(python(code), folder=tmp_path, on_error_line=lines.append)

    assert (finished.code, finished.stdout, finished.stderr) == (3, "out\n", "one\ntwo\n")
    assert lines == ["one", "two"]
    assert finished.output == "one\ntwo\nout"


def test_changes_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables are set and removed for the tool alone."""
    monkeypatch.setenv("REMOVED", "1")
    code = "import os; print(os.environ.get('SET'), os.environ.get('REMOVED'))"

    assert run(python(code), folder=tmp_path, environment={"SET": "2", "REMOVED": None}).stdout == "2 None\n"


def test_passes_a_script(tmp_path: Path) -> None:
    """Standard input is the script."""
    assert run(python("print(input())"), folder=tmp_path, script="hello\n").stdout == "hello\n"


def test_ends_after_the_timeout(tmp_path: Path) -> None:
    """A tool that hangs is ended, counts as failed, and says so."""
    started = time.monotonic()
    finished = run(python("import time; time.sleep(60)"), folder=tmp_path, timeout=0.5)

    assert time.monotonic() - started < 30
    assert finished.code != 0
    assert "ended after 0.5 seconds" in finished.stderr


def test_large_output_does_not_block(tmp_path: Path) -> None:
    """Both streams are read while the tool runs."""
    code = "import sys; [print('x' * 1000, file=stream) for _ in range(1000) for stream in (sys.stdout, sys.stderr)]"

    assert len(run(python(code), folder=tmp_path).stdout) >= 1_000_000


def test_names_a_missing_tool(tmp_path: Path) -> None:
    """A program that does not exist is named."""
    with pytest.raises(MissingToolError, match="no-such-tool"):
        run(("no-such-tool",), folder=tmp_path)


def test_report_that_fails_does_not_hang(tmp_path: Path) -> None:
    """An error in the report reaches the caller; the tool still runs to its end."""

    def fail(line: str) -> None:
        raise ValueError(line)

    code = "import sys; [print('x' * 1000, file=sys.stderr) for _ in range(1000)]; open('done', 'w').close()"
    with pytest.raises(ValueError, match="xxx"):
        run(python(code), folder=tmp_path, on_error_line=fail)

    assert (tmp_path / "done").exists()
