"""Recordings as cases for `componium.parity.compare`."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from componium._bindgen import read_text
from componium._calls.functions import imported_functions
from componium._calls.observe import split_result
from componium._calls.trace import Failed, Raised
from componium._recording.reader import read_recordings
from componium.parity._case import Case

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from componium._calls.trace import HostCall, Trace
    from componium._calls.values import Json
    from componium._recording.reader import Recording


def recorded_cases(path: str | os.PathLike[str]) -> list[Case]:
    """Make a case of the calls of each recorded instance, with the answers that the application gave.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is no recording.
    """
    return [case for recording in read_recordings(path) for case in _cases(recording)]


def _cases(recording: Recording) -> Iterator[Case]:
    for number, traces in recording.instances.items():
        yield _case(recording, traces, f"instance {number} of {recording.header.plugin}")


def _case(recording: Recording, traces: list[Trace], name: str) -> Case:
    world = read_text(recording.header.wit, recording.header.world)
    imports = imported_functions(world)
    answers: defaultdict[str, list[Json]] = defaultdict(list)
    calls = []
    for trace in traces:
        if any(isinstance(call.outcome, Raised) for call in trace.host_calls):
            break  # the application ended the instance: no answer does that
        calls.append(trace.call)
        for call in trace.host_calls:
            result = imports[call.function].result
            if result is not None:
                wraps = split_result(world, result)[1] is not None
                answers[call.function].append(_answer(call, wraps=wraps))
    return Case(tuple(calls), {function: tuple(given) for function, given in answers.items()}, name)


def _answer(call: HostCall, *, wraps: bool) -> Json:
    """Return what the application answered, as a value of the function's whole type."""
    if isinstance(call.outcome, Failed):
        return {"err": call.outcome.value}
    value = getattr(call.outcome, "value", None)
    return {"ok": value} if wraps else value
