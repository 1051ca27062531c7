"""The tables on a terminal."""

import io

from rich.console import Console

from benchmarks.results import Results
from benchmarks.terminal import show


def test_everything_fits_into_80_columns(results: Results) -> None:
    """No figure is cut off."""
    output = io.StringIO()
    show(Console(file=output, width=80), results)
    text = output.getvalue()
    assert "missed: 3.00x" in text
    assert "within 20%: 1.10x" in text
    assert "at least 5,000x  missed: 1,000x" in text
    assert "not measured: LuaJIT, lupa: there is no LuaJIT" in text
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= 80
