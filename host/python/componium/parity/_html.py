"""Reports for people: one page that needs nothing else, no scripts, fonts or network."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from componium.parity._text import call_text, finding, host_call_text, outcome_text, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from componium._calls.trace import Trace
    from componium.parity._report import Difference, Report

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body class="{verdict}">
<main>
{body}
</main>
</body>
</html>
"""


def to_html(report: Report) -> str:
    """Write a report as a page.

    Args:
        report: The report.

    Returns:
        The page.
    """
    style = files(__package__).joinpath("report.css").read_text(encoding="utf-8")
    return PAGE.format(
        title=escape(f"{report.a} and {report.b}: {'equal' if report.equal else 'different'}"),
        style=style,
        verdict="equal" if report.equal else "different",
        body="\n".join(_body(report)),
    )


def _body(report: Report) -> Iterator[str]:
    yield f"<header><p class=verdict>{'Equal' if report.equal else 'Different'}</p>"
    yield f"<h1><span class=a>{escape(report.a)}</span> and <span class=b>{escape(report.b)}</span></h1>"
    yield f"<p class=note>{escape(verdict(report))}</p></header>"
    yield from _table(report)
    for number, difference in enumerate(report.differences, 1):
        yield from _difference(number, difference, report)


def _table(report: Report) -> Iterator[str]:
    yield "<table><thead><tr><th>Compared<th>Cases<th>Found</tr></thead><tbody>"
    for comparison in report.comparisons:
        mark = "different" if comparison.differences else "equal"
        yield _row(mark, comparison.name, comparison.cases, finding(comparison))
    for name, reason in report.skipped.items():
        yield _row("skipped", name, 0, f"not compared: {reason}")
    yield "</tbody></table>"


def _row(mark: str, name: str, cases: int, found: str) -> str:
    return f"<tr class={mark}><td><code>{escape(name)}</code><td class=number>{cases:,}<td>{escape(found)}</tr>"


def _difference(number: int, difference: Difference, report: Report) -> Iterator[str]:
    aspects = " and ".join(each.aspect for each in difference.disagreements)
    yield f"<section><h2>{number}. <code>{escape(difference.function)}</code>: different {escape(aspects)}</h2>"
    if difference.case.name:
        yield f"<p class=note>Found by {escape(difference.case.name)}.</p>"
    calls = [call_text(each, report.labels) for each in difference.case.calls]
    yield "<pre>" + "\n".join(map(escape, calls)) + "</pre>"
    yield "<div class=sides>"
    for side, name, trace in (("a", report.a, difference.a), ("b", report.b, difference.b)):
        yield from _trace(side, name, trace, report.labels)
        if not trace.host_calls and (difference.a.host_calls or difference.b.host_calls):
            yield "<p class=note>No calls of the application.</p>"
        yield "</div>"
    yield "</div>"
    places = "".join(f"<li><code>{escape(each.place)}</code></li>" for each in difference.disagreements)
    yield f"<p class=label>First difference</p><ul>{places}</ul>"
    if difference.unstable:
        yield "<p class=note>The case did not differ each time: a function may be nondeterministic.</p>"
    lines = "\n".join(escape(line) for line in difference.reproduce if line)
    if lines:
        yield f"<details><summary>Reproduce</summary><pre>{lines}</pre></details>"
    yield "</section>"


def _trace(side: str, name: str, trace: Trace, labels: Mapping[str, str]) -> Iterator[str]:
    yield f"<div class={side}><p class=label>{escape(name)}</p>"
    yield f"<pre>{escape(outcome_text(trace.outcome))}</pre>"
    if trace.host_calls:
        calls = "".join(f"<li><code>{escape(host_call_text(each, labels))}</code></li>" for each in trace.host_calls)
        yield f"<p class=label>Calls of the application</p><ol>{calls}</ol>"
