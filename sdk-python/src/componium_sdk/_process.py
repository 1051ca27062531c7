"""Tools that run as processes of their own."""

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from componium_sdk._errors import MissingToolError

# Receives one line of progress for people.
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finished:
    """A process that has ended.

    Attributes:
        code: Its exit code; 0 is success.
        stdout: What it wrote to standard output.
        stderr: What it wrote to standard error.
    """

    code: int
    stdout: str
    stderr: str

    @property
    def output(self) -> str:
        """Both streams, errors first."""
        return "\n".join(text for text in (self.stderr.strip(), self.stdout.strip()) if text)


def run(  # noqa: PLR0913 - options by keyword, as subprocess.run has them
    command: Sequence[str | Path],
    *,
    folder: Path,
    environment: Mapping[str, str | None] | None = None,
    on_error_line: Report | None = None,
    script: str | None = None,
    timeout: float | None = None,
) -> Finished:
    """Run a tool to its end.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        environment: What differs from this process's environment; None removes a variable.
        on_error_line: Gets each line of standard error that is not blank, stripped, as it comes, from another thread.
        script: What it reads on standard input; nothing by default.
        timeout: Seconds after which it is ended and counts as failed; None for no limit.

    Returns:
        What it said, whatever its exit code.

    Raises:
        MissingToolError: The program does not exist or cannot be started.
    """
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(environment or {}),
            stdin=subprocess.PIPE if script is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise MissingToolError(
            str(command[0]), f"cannot be started: {error}", "Install it, or put its folder on PATH."
        ) from error
    with process:
        return _talk(process, on_error_line, script, timeout)


def _talk(
    process: subprocess.Popen[str], on_error_line: Report | None, script: str | None, timeout: float | None
) -> Finished:
    if process.stdout is None or process.stderr is None:
        raise AssertionError  # both are pipes, see above
    with ThreadPoolExecutor(2) as readers:
        stdout = readers.submit(_collect, process.stdout, None)
        stderr = readers.submit(_collect, process.stderr, on_error_line)
        note = ""
        try:
            if process.stdin is not None and script is not None:
                process.stdin.write(script)
                process.stdin.close()
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            note = f"ended after {timeout:g} seconds without an answer\n"
        finally:
            process.kill()  # nothing happens to one that has ended
        return Finished(process.wait(), stdout.result(), stderr.result() + note)


def _collect(stream: IO[str], on_line: Report | None) -> str:
    lines = []
    try:
        for line in stream:
            lines.append(line)
            if on_line is not None and (text := line.strip()):
                on_line(text)
    finally:
        stream.read()  # whatever has happened, a full pipe must not stop the tool
    return "".join(lines)


def _environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    environment = dict(os.environ)
    for name, value in changes.items():
        if value is None:
            environment.pop(name, None)
        else:
            environment[name] = value
    return environment
