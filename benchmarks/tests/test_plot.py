"""The plot."""

from xml.etree import ElementTree as ET

import pytest

from benchmarks.plot import Axis, grid, power_label, render
from benchmarks.results import Results

SVG = "{http://www.w3.org/2000/svg}"


def test_plot_is_well_formed_and_names_everything(results: Results) -> None:
    """Each workload is a title, and each backend a label in its panel."""
    root = ET.fromstring(render(results))  # noqa: S314 - our own text
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert "Call overhead" in texts
    assert texts.count("Componium, Rust") == len(results.workloads)


def test_backends_without_the_workload_have_no_label(results: Results) -> None:
    """What copies bytes only is in one panel; what this machine cannot run is in all."""
    root = ET.fromstring(render(results))  # noqa: S314
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert (texts.count("memcpy alone"), texts.count("LuaJIT, lupa")) == (1, len(results.workloads))


def test_every_measured_call_is_a_dot(results: Results) -> None:
    """What was not measured has a label without a dot."""
    root = ET.fromstring(render(results))  # noqa: S314
    dots = [element for element in root.iter(f"{SVG}circle") if element.get("r") == "4.5"]
    assert len(dots) == len(results.calls)


def test_axis_is_logarithmic() -> None:
    """Each power of ten is as wide as the next."""
    axis = Axis(low=-6, high=-4, left=100, width=200)
    assert [axis.x(seconds) for seconds in (1e-6, 1e-5, 1e-4)] == pytest.approx([100, 200, 300])


@pytest.mark.parametrize(("high", "labels"), [(-1, 7), (0, 4), (1, 5)])
def test_labels_of_a_long_axis_keep_apart(high: int, labels: int) -> None:
    """Beyond six powers of ten every other one has a label, but each has its line."""
    drawn = grid(Axis(low=-7, high=high, left=0, width=260), 0, 100)
    assert drawn.count("<text") == labels
    assert drawn.count("<line") == high + 8


@pytest.mark.parametrize(("power", "text"), [(-8, "10 ns"), (-7, "100 ns"), (-6, "1 µs"), (-2, "10 ms"), (0, "1 s")])
def test_powers_are_labelled_as_times(power: int, text: str) -> None:
    """The unit changes with every third power."""
    assert power_label(power) == text
