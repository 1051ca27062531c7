"""The page for the documentation."""

from benchmarks.page import render
from benchmarks.results import Results


def test_caveats_stand_above_numbers_and_the_way_to_them_below(results: Results) -> None:
    """Nobody reads a number before what it means."""
    page = render(results)
    places = [page.index(text) for text in ("## Before reading", "Measured on", "| backend |", "## How to reproduce")]
    assert places == sorted(places)


def test_rows_have_verdicts(results: Results) -> None:
    """A verdict is emphasised; a row without one has an empty cell."""
    page = render(results)
    assert "| Componium, Rust | 450 ns | 67% | 3.00x | **missed: 3.00x** |" in page
    assert "| native C, cffi | 150 ns | 67% | 1.00x |  |" in page
    assert "| call overhead | Rust | 45.0 µs | 450 ns | **100x, met: goal 30.0x** |" in page


def test_what_is_missing_is_said(results: Results) -> None:
    """A backend without numbers is named with the reason."""
    assert "Not measured: LuaJIT, lupa, because there is no LuaJIT." in render(results)


def test_plot_is_linked_on_request(results: Results) -> None:
    """Without a link there is no picture."""
    assert "](benchmark.svg)" in render(results, "benchmark.svg")
    assert "![" not in render(results)
