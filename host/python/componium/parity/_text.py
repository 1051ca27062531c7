"""Reports for a terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from componium._calls.trace import Failed, Raised, Returned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from componium._calls.trace import Call, HostCall, Outcome, Trace
    from componium._calls.values import Json
    from componium.parity._report import Comparison, Difference, Report

MOST = 400
"""How many characters of a value are shown."""


def to_text(report: Report) -> str:
    """Write a report as plain text.

    Args:
        report: The report.

    Returns:
        Lines, the verdict last.
    """
    return "\n".join([*_lines(report), ""])


def _lines(report: Report) -> Iterator[str]:
    yield f"A  {report.a}"
    yield f"B  {report.b}"
    yield ""
    width = max(map(len, [*(comparison.name for comparison in report.comparisons), *report.skipped]), default=0)
    for comparison in report.comparisons:
        yield f"  {comparison.name:{width}}  {counted(comparison.cases):>13}  {finding(comparison)}"
    for name, reason in report.skipped.items():
        yield f"  {name:{width}}                 not compared: {reason}"
    for difference in report.differences:
        yield ""
        yield from _difference(difference, report.labels)
    yield ""
    yield verdict(report)


def counted(cases: int) -> str:
    """Say how many cases there were."""
    return f"{cases:,} case{'' if cases == 1 else 's'}"


def finding(comparison: Comparison) -> str:
    """Say in a few words what a comparison found."""
    count = len(comparison.differences) + comparison.omitted
    if count:
        return f"{count} difference{'s' if count > 1 else ''}"
    rules = comparison.rules
    if rules is not None and rules.nondeterministic:
        return "equal (values not compared)"
    notes = [f"{name} within {tolerance:g}" for name, tolerance in rules.tolerance.items()] if rules else []
    return f"equal ({', '.join(notes)})" if notes else "equal"


def verdict(report: Report) -> str:
    """Say the outcome in one sentence."""
    made = f"{counted(report.cases)}, {report.seconds:.1f} s"
    if report.seed is not None:
        made += f", seed {report.seed}"
    if report.equal:
        return f"equal: no difference found ({made})"
    count = sum(len(comparison.differences) + comparison.omitted for comparison in report.comparisons)
    return f"different: {count} difference{'s' if count > 1 else ''} ({made})"


def call_text(call: Call | HostCall, labels: Mapping[str, str]) -> str:
    """Write a call like one in Python, with its arguments as JSON and the handle of a method as `#0`."""
    arguments = [*map(value_text, call.arguments)]
    if arguments and call.function.rpartition("#")[2].startswith(("[method]", "[drop]")):
        arguments[0] = f"#{arguments[0]}"
    return f"{labels.get(call.function, call.function)}({', '.join(arguments)})"


def value_text(value: Json) -> str:
    """Write a value as JSON, in the middle shortened if it is long."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) <= MOST:
        return text
    return f"{text[: MOST // 2]} ... {text[-MOST // 2 :]} ({len(text):,} characters)"


def outcome_text(outcome: Outcome) -> str:
    """Write what a call gave."""
    match outcome:
        case Returned(value):
            return f"returned {value_text(value)}"
        case Failed(value):
            return f"returned the error {value_text(value)}"
        case Raised(kind, message):
            return f"ended with {kind}: {message}"


def host_call_text(call: HostCall, labels: Mapping[str, str]) -> str:
    """Write a call of the application's function, with its answer."""
    made = call_text(call, labels)
    return made if call.outcome == Returned(None) else f"{made}, which {outcome_text(call.outcome)}"


def _difference(difference: Difference, labels: Mapping[str, str]) -> Iterator[str]:
    origin = f" ({difference.case.name})" if difference.case.name else ""
    yield f"{difference.function}: different {' and '.join(each.aspect for each in difference.disagreements)}{origin}"
    for call in difference.case.calls:
        yield f"  {call_text(call, labels)}"
    for name, trace in (("A", difference.a), ("B", difference.b)):
        yield from _trace(name, trace, labels)
    for disagreement in difference.disagreements:
        yield f"  first difference: {disagreement.place}"
    if difference.unstable:
        yield "  The case did not differ each time: declare the function nondeterministic, or find what it depends on."
    for name, line in zip("AB", difference.reproduce, strict=True):
        if line:
            yield f"  reproduce {name}: {line}"


def _trace(name: str, trace: Trace, labels: Mapping[str, str]) -> Iterator[str]:
    yield f"  {name}  {outcome_text(trace.outcome)}"
    for number, call in enumerate(trace.host_calls, 1):
        yield f"     host call {number}: {host_call_text(call, labels)}"
