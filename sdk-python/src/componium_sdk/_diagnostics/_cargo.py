"""Errors of cargo and rustc.

cargo with `--message-format json` writes one JSON object a line to standard output, rustc's errors among them, and its
own errors as text to standard error.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from componium_sdk._diagnostics._diagnostic import Diagnostic, last_line
from componium_sdk._errors import Place

_ERROR = re.compile(r"^error(?:\[\w+\])?: (?P<message>.+)$", re.MULTILINE)
_PLACE = re.compile(r"^ *--> (?P<file>.+?):(?P<line>\d+):(?P<column>\d+)", re.MULTILINE)


def messages(stdout: str) -> Iterator[dict[str, Any]]:
    """The JSON objects in cargo's standard output; other lines, which build scripts may print, are passed over."""
    for line in stdout.splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def compiler_output(stdout: str, level: str) -> str:
    """What rustc would have printed, of one level: `error` or `warning`."""
    return "\n".join(message["rendered"] for message in _compiler_messages(stdout) if message["level"] == level)


def first_error(stdout: str, stderr: str, folder: Path) -> Diagnostic:
    """Find the first error.

    Args:
        stdout: cargo's standard output, JSON lines.
        stderr: cargo's standard error, text.
        folder: What relative paths are relative to: the root of the cargo workspace.

    Returns:
        The first error of rustc; if it said nothing, that of cargo itself.
    """
    for message in _compiler_messages(stdout):
        if message["level"].startswith("error"):
            return _rustc_error(message, folder)
    return _cargo_error(stderr, folder)


def _compiler_messages(stdout: str) -> Iterator[dict[str, Any]]:
    for message in messages(stdout):
        if message.get("reason") == "compiler-message":
            yield message["message"]


def _rustc_error(message: dict[str, Any], folder: Path) -> Diagnostic:
    for span in message["spans"]:
        if span["is_primary"]:
            file = (folder / span["file_name"]).resolve()
            return Diagnostic(message["message"], Place(file, span["line_start"], span["column_start"]))
    return Diagnostic(message["message"])


def _cargo_error(stderr: str, folder: Path) -> Diagnostic:
    error = _ERROR.search(stderr)
    message = error["message"] if error else last_line(stderr)
    place = _PLACE.search(stderr)
    if place is None:
        return Diagnostic(message)
    file = (folder / place["file"]).resolve()
    return Diagnostic(message, Place(file, int(place["line"]), int(place["column"])))
