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
    assert "| call overhead | Rust | 45.0 µs | 450 ns | 100x |" in page
    assert "| call overhead: cheaper than in PyPI wasmtime | at least 60.0x | met: 100x |  |" in page
    assert "| Componium, Rust | 1.00 ms | 950/s | 1,852/s | 1.95x |" in page


def test_workloads_are_explained(results: Results) -> None:
    """Between heading and table stands what is done."""
    page = render(results)
    heading, meaning, table = (
        page.index(text) for text in ("### Call overhead", "Adds two numbers:", "| native C, cffi | 150 ns")
    )
    assert heading < meaning < table


def test_goals_are_counted(results: Results) -> None:
    """The first sentence says how many are met."""
    page = render(results)
    assert "1 of 2 rows of compiled plugins are within 20% of native C, 1 of 1 within 20% of the same source" in page
    assert "as a native plugin; 4 of 6 goals for calls are met." in page


def test_overview_has_all_verdicts(results: Results) -> None:
    """One row for each workload; what was not measured has an empty cell."""
    page = render(results)
    assert "| call overhead | 150 ns | missed: 3.00x |  |" in page
    assert "| 64 KiB of bytes in | 3.00 µs | within 20%: 1.10x |  |" in page


def test_plugins_are_judged_by_their_own_source(results: Results) -> None:
    """Only those that were measured as native plugins too."""
    assert "| call overhead | Rust | 375 ns | 450 ns | **within 20%: 1.20x** |" in render(results)


def test_what_is_missing_is_said(results: Results) -> None:
    """A backend without numbers is named with the reason."""
    assert "Not measured: LuaJIT, lupa, because there is no LuaJIT." in render(results)


def test_plot_is_linked_on_request(results: Results) -> None:
    """Without a link there is no picture."""
    assert "](benchmark.svg)" in render(results, "benchmark.svg")
    assert "![" not in render(results)
