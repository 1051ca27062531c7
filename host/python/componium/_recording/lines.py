"""The format of recordings: JSON lines.

The first line of a file, and of each part that was appended to it, says what was recorded:

    {"componium-recording": 1, "plugin": "calc.wasm", "wit": "package root:component; ...", "world": "root"}

Each other line is a call, written when it has ended, with exactly one of `result`, `error` and `raised`:

    {"instance": 0, "function": "demo:shapes/api@0.1.0#area", "arguments": [...], "host": [...], "result": 2.5,
     "seconds": 0.0001}

Calls of the application are in `host`, in their order: `function`, `arguments`, and one of the three. Values are
written by their types in the `wit`; see `componium._calls.values`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from componium._calls.trace import (
    Call,
    Trace,
    host_call_from_json,
    host_call_to_json,
    outcome_from_json,
    outcome_to_json,
)

VERSION = 1
MARK = "componium-recording"


@dataclass(frozen=True)
class Header:
    """What was recorded."""

    plugin: str
    """The plugin's name."""
    wit: str
    """The text that its world is in."""
    world: str
    """The name of the world."""


@dataclass(frozen=True)
class Entry:
    """A call."""

    instance: int
    """Which of the instances of this recording made it, counted from 0."""
    trace: Trace


def header_line(header: Header) -> bytes:
    """Write a header."""
    return _line({MARK: VERSION, "plugin": header.plugin, "wit": header.wit, "world": header.world})


def entry_line(entry: Entry) -> bytes:
    """Write a call."""
    trace = entry.trace
    return _line(
        {
            "instance": entry.instance,
            "function": trace.call.function,
            "arguments": list(trace.call.arguments),
            "host": [host_call_to_json(call) for call in trace.host_calls],
            **outcome_to_json(trace.outcome),
            "seconds": round(trace.seconds, 9),
        }
    )


def read_line(line: bytes) -> Header | Entry:
    """Read a line.

    Raises:
        ValueError: It is no line of a recording, or of a version that is not known.
    """
    data = json.loads(line)
    if not isinstance(data, dict):
        raise ValueError("no JSON object")  # noqa: TRY004  # wrong data, not a wrong type of an argument
    try:
        if MARK in data:
            if data[MARK] != VERSION:
                raise ValueError(f"version {data[MARK]} of the format; this version of Componium reads {VERSION}")
            return Header(data["plugin"], data["wit"], data["world"])
        call = Call(data["function"], tuple(data["arguments"]))
        host_calls = tuple(map(host_call_from_json, data["host"]))
        return Entry(data["instance"], Trace(call, host_calls, outcome_from_json(data), data["seconds"]))
    except (KeyError, TypeError) as error:
        raise ValueError(f"{error} is missing or wrong") from error


def _line(data: dict[str, Any]) -> bytes:
    return json.dumps(data, separators=(",", ":")).encode("ascii") + b"\n"
