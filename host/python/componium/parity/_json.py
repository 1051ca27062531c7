"""Reports for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from componium._calls.trace import host_call_to_json, outcome_to_json

if TYPE_CHECKING:
    from componium._calls.trace import Trace
    from componium.parity._report import Comparison, Difference, Report

VERSION = 1
"""The version of the format; it grows when a program that reads reports would have to change."""


def to_json(report: Report) -> str:
    """Write a report as JSON, in the format that the guide to parity describes.

    Args:
        report: The report.

    Returns:
        One object.
    """
    document = {
        "componium-parity": VERSION,
        "equal": report.equal,
        "a": report.a,
        "b": report.b,
        "seed": report.seed,
        "seconds": report.seconds,
        "comparisons": [_comparison(each) for each in report.comparisons],
        "skipped": dict(report.skipped),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "name": comparison.name,
        "cases": comparison.cases,
        "omitted": comparison.omitted,
        "differences": [_difference(each) for each in comparison.differences],
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "function": difference.function,
        "case": difference.case.name or None,
        "calls": [{"function": each.function, "arguments": list(each.arguments)} for each in difference.case.calls],
        "answers": {name: list(given) for name, given in difference.case.answers.items()},
        "disagreements": [{"aspect": each.aspect, "place": each.place} for each in difference.disagreements],
        "a": _trace(difference.a),
        "b": _trace(difference.b),
        "reproduce": {"a": difference.reproduce[0], "b": difference.reproduce[1]},
        "unstable": difference.unstable,
    }


def _trace(trace: Trace) -> dict[str, Any]:
    return {
        **outcome_to_json(trace.outcome),
        "host": [host_call_to_json(each) for each in trace.host_calls],
        "seconds": trace.seconds,
    }
