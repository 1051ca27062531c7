"""Draws results as one SVG: a panel for each workload, a dot for each backend, time on a logarithmic axis.

Written directly, since dots and lines need no library, and so that the file can follow the reader's light or dark mode.
"""

import math
from dataclasses import dataclass
from xml.sax.saxutils import escape

from benchmarks.figures import duration
from benchmarks.results import Call, Results
from benchmarks.verdict import BASELINE, LIMIT

COLUMNS = 2
PANEL_WIDTH = 500
LABEL_WIDTH = 150
VALUE_WIDTH = 90
ROW_HEIGHT = 20
HEAD_HEIGHT = 34
FOOT_HEIGHT = 34
MARGIN = 24
LEGEND_HEIGHT = 86
LEGEND_STEP = 164
MOST_LABELS = 6  # powers of ten between the first label and the last

STYLE = """\
text { font: 12px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328; }
.title { font-size: 14px; font-weight: 600; }
.faint { fill: #59636e; font-size: 11px; }
.value { text-anchor: end; font-variant-numeric: tabular-nums; }
.tick { text-anchor: middle; }
.paper { fill: #ffffff; stroke: #d1d9e0; }
.grid { stroke: #d1d9e0; }
.limit { fill: #1a7f37; fill-opacity: 0.16; }
.baseline { stroke: #1a7f37; stroke-dasharray: 4 3; }
.native { fill: #1a7f37; stroke: #1a7f37; }
.componium { fill: #0969da; stroke: #0969da; }
.script { fill: #9a6700; stroke: #9a6700; }
.peer { fill: #8250df; stroke: #8250df; }
.floor { fill: #59636e; stroke: #59636e; }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc; }
  .faint { fill: #9198a1; }
  .paper { fill: #151b23; stroke: #3d444d; }
  .grid { stroke: #3d444d; }
  .limit { fill: #3fb950; }
  .baseline { stroke: #3fb950; }
  .native { fill: #3fb950; stroke: #3fb950; }
  .componium { fill: #4493f8; stroke: #4493f8; }
  .script { fill: #d29922; stroke: #d29922; }
  .peer { fill: #ab7df8; stroke: #ab7df8; }
  .floor { fill: #9198a1; stroke: #9198a1; }
}
"""
KINDS = {
    "native": "native code",
    "floor": "loops in Rust",
    "componium": "Componium",
    "script": "scripts in the process",
    "peer": "PyPI wasmtime",
}
PREFIXES = {
    "native-": "native",
    "ctypes-": "native",
    "floor-": "floor",
    "memcpy": "floor",
    "library-": "native",
    "tuned-": "native",
    "worker-": "native",
    "wasm-": "componium",
    "wasmtime-": "peer",
}


@dataclass(frozen=True)
class Axis:
    """A logarithmic axis over whole powers of ten, in seconds."""

    low: int
    high: int
    left: float
    width: float

    def x(self, seconds: float) -> float:
        """Return where a time is on the axis."""
        return self.left + self.width * (math.log10(seconds) - self.low) / (self.high - self.low)


def render(results: Results) -> str:
    """Draw the medians of one call, for each workload and backend.

    Returns:
        The text of an SVG file.
    """
    workloads = [name for name in results.workloads if any(call.workload == name for call in results.calls)]
    panel_height = HEAD_HEIGHT + ROW_HEIGHT * max(len(labels(results, name)) for name in workloads) + FOOT_HEIGHT
    width = COLUMNS * PANEL_WIDTH + (COLUMNS + 1) * MARGIN
    height = LEGEND_HEIGHT + math.ceil(len(workloads) / COLUMNS) * (panel_height + MARGIN)
    panels = [
        panel(
            results,
            workload,
            MARGIN + index % COLUMNS * (PANEL_WIDTH + MARGIN),
            LEGEND_HEIGHT + index // COLUMNS * (panel_height + MARGIN),
        )
        for index, workload in enumerate(workloads)
    ]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
            "<title>Median time of one call, for each workload and backend</title>",
            f"<style>{STYLE}</style>",
            f'<rect class="paper" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8"/>',
            legend(),
            *panels,
            "</svg>\n",
        )
    )


def legend() -> str:
    """Draw the headline, and below it what the colours, the dashed line and the band mean."""
    parts = [
        f'<text class="title" x="{MARGIN}" y="30">Median and quartiles of the time of one call (logarithmic)</text>'
    ]
    for index, (kind, meaning) in enumerate(KINDS.items()):
        x = MARGIN + 5 + index * LEGEND_STEP
        parts.append(f'<circle class="{kind}" cx="{x}" cy="52" r="5"/><text x="{x + 12}" y="56">{meaning}</text>')
    x = MARGIN + len(KINDS) * LEGEND_STEP
    parts.append(f'<rect class="limit" x="{x}" y="43" width="18" height="18"/>')
    parts.append(f'<line class="baseline" x1="{x}" x2="{x}" y1="41" y2="63"/>')
    parts.append(f'<text x="{x + 26}" y="56">native by cffi, and {LIMIT - 1:.0%} more</text>')
    return "\n".join(parts)


def panel(results: Results, workload: str, left: float, top: float) -> str:
    """Draw one workload: its title, its axis and a row for each backend that has it."""
    calls = {call.backend: call for call in results.calls if call.workload == workload}
    rows_top = top + HEAD_HEIGHT
    names = labels(results, workload)
    bottom = rows_top + ROW_HEIGHT * len(names)
    axis = axis_for(list(calls.values()), left + LABEL_WIDTH, PANEL_WIDTH - LABEL_WIDTH - VALUE_WIDTH)
    title = results.workloads[workload]
    parts = [f'<text class="title" x="{left}" y="{top + 16}">{escape(title[0].upper() + title[1:])}</text>']
    parts.append(grid(axis, rows_top, bottom))
    if BASELINE in calls:
        parts.append(baseline(axis, calls[BASELINE].median, rows_top, bottom))
    for index, (backend, label) in enumerate(names.items()):
        y = rows_top + ROW_HEIGHT * (index + 0.5)
        parts.append(f'<text x="{left}" y="{y + 4}">{escape(label)}</text>')
        if backend in calls:
            parts.append(mark(axis, calls[backend], y, left + PANEL_WIDTH))
    return "\n".join(parts)


def labels(results: Results, workload: str) -> dict[str, str]:
    """Return name and title of each backend that has the workload, or would have it on another machine."""
    measured = {call.backend for call in results.calls if call.workload == workload} | results.missing.keys()
    return {name: title for name, title in results.backends.items() if name in measured}


def axis_for(calls: list[Call], left: float, width: float) -> Axis:
    """Return the axis that holds all medians."""
    medians = [call.median for call in calls]
    low, high = math.floor(math.log10(min(medians))), math.ceil(math.log10(max(medians)))
    return Axis(low, max(high, low + 1), left, width)


def grid(axis: Axis, top: float, bottom: float) -> str:
    """Draw a line for each power of ten, and a label for each or, where that would be too many, for every other."""
    parts = []
    step = 1 if axis.high - axis.low <= MOST_LABELS else 2
    for power in range(axis.low, axis.high + 1):
        x = axis.x(10.0**power)
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}"/>')
        if (power - axis.low) % step == 0:
            parts.append(f'<text class="faint tick" x="{x:.1f}" y="{bottom + 14}">{power_label(power)}</text>')
    return "\n".join(parts)


def power_label(power: int) -> str:
    """Write ten to that power as a time: 100 ns, 1 µs, 10 ms."""
    third = math.floor(power / 3)
    return f"{10 ** (power - 3 * third)} { {0: 's', -1: 'ms', -2: 'µs', -3: 'ns'}[third] }"


def baseline(axis: Axis, seconds: float, top: float, bottom: float) -> str:
    """Draw the line at native's median, and the band in which a plugin is to be."""
    x, limit = axis.x(seconds), axis.x(seconds * LIMIT)
    return (
        f'<rect class="limit" x="{x:.1f}" y="{top}" width="{limit - x:.1f}" height="{bottom - top}"/>'
        f'<line class="baseline" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}"/>'
    )


def mark(axis: Axis, call: Call, y: float, right: float) -> str:
    """Draw the median as a dot, the quartiles as a line through it, and the median's value."""
    low, high = axis.x(max(call.lower_quartile, 10.0**axis.low)), axis.x(min(call.upper_quartile, 10.0**axis.high))
    kind = kind_of(call.backend)
    return (
        f'<line class="{kind}" stroke-width="2" x1="{low:.1f}" x2="{high:.1f}" y1="{y}" y2="{y}"/>'
        f'<circle class="{kind}" cx="{axis.x(call.median):.1f}" cy="{y}" r="4.5"/>'
        f'<text class="value" x="{right}" y="{y + 4}">{escape(duration(call.median))}</text>'
    )


def kind_of(backend: str) -> str:
    """Return the class of a backend's colour."""
    return next((kind for prefix, kind in PREFIXES.items() if backend.startswith(prefix)), "script")
