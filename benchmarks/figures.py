"""Writes figures for people: three digits, and the unit that fits."""

UNITS = ((1e-6, 1e-9, "ns"), (1e-3, 1e-6, "µs"), (1.0, 1e-3, "ms"))


def duration(seconds: float) -> str:
    """Write a time with the unit that fits: 48.1 ns, 1.20 µs, 38.0 ms, 2.51 s."""
    for limit, size, unit in UNITS:
        if seconds < limit * 0.9995:  # above that, rounding would make it 1000
            return f"{three_digits(seconds / size)} {unit}"
    return f"{three_digits(seconds)} s"


def factor(value: float) -> str:
    """Write a ratio: 0.004x, 0.87x, 1.43x, 24.1x, 12,300x."""
    return f"{three_digits(value)}x"


def three_digits(value: float) -> str:
    """Write a positive number with three digits that count, but fewer where the first is after the point."""
    if value < 0.1:
        return f"{value:.1g}"
    whole = len(str(int(value)))
    return f"{value:.{3 - whole}f}" if whole < 3 else f"{round(value, 3 - whole):,.0f}"


def spread(lower_quartile: float, median: float, upper_quartile: float) -> str:
    """Write how far apart the quartiles are, as a share of the median."""
    return f"{(upper_quartile - lower_quartile) / median:.0%}"
