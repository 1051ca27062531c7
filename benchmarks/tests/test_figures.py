"""Figures for people."""

import pytest

from benchmarks.figures import duration, factor, spread


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (2.72e-8, "27.2 ns"),
        (9.996e-7, "1.00 µs"),
        (1.2e-6, "1.20 µs"),
        (0.0381, "38.1 ms"),
        (0.1234, "123 ms"),
        (2.5, "2.50 s"),
    ],
)
def test_duration_takes_the_unit_that_fits(seconds: float, text: str) -> None:
    """Three digits, and never 1000 of a unit."""
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("ratio", "text"), [(0.0042, "0.004x"), (0.873, "0.87x"), (1.434, "1.43x"), (24.12, "24.1x"), (27_712, "27,700x")]
)
def test_factor_has_at_most_three_digits(ratio: float, text: str) -> None:
    """No digit pretends to more than a benchmark knows."""
    assert factor(ratio) == text


def test_spread_is_a_share_of_the_median() -> None:
    """The quartiles 9 and 11 are a fifth of 10 apart."""
    assert spread(9, 10, 11) == "20%"
