"""Comparing two plugins of one contract: two languages, two versions, two kinds.

`compare` finds out whether they do the same, and shows the smallest case in which they do not.
"""

from componium._calls.trace import Call, Failed, HostCall, Outcome, Raised, Returned, Trace
from componium.parity._agreement import Disagreement
from componium.parity._case import Case
from componium.parity._compare import EXAMPLES, STEPS, compare
from componium.parity._html import to_html
from componium.parity._json import to_json
from componium.parity._report import Comparison, Difference, Report
from componium.parity._rules import Rules
from componium.parity._run import run
from componium.parity._text import to_text

__all__ = [
    "EXAMPLES",
    "STEPS",
    "Call",
    "Case",
    "Comparison",
    "Difference",
    "Disagreement",
    "Failed",
    "HostCall",
    "Outcome",
    "Raised",
    "Report",
    "Returned",
    "Rules",
    "Trace",
    "compare",
    "run",
    "to_html",
    "to_json",
    "to_text",
]
