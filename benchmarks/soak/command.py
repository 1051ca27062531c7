"""`python -m benchmarks soak` repeats calls and instantiations, and says whether the process's memory stays flat."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from benchmarks.soak.series import LIMIT, Series, measure
from benchmarks.soak.steps import call_steps, life_steps

MEBIBYTE = 2**20


def main(words: list[str]) -> int:
    """Soak.

    Args:
        words: The command line after `soak`.

    Returns:
        The exit code: 1 with `--strict` and memory that grows.
    """
    options = parser().parse_args(words)
    verbose = not options.json

    def listen(done: int, resident: int) -> None:
        if verbose:
            print(f"{done:>14,}  {resident / MEBIBYTE:10.2f} MiB", flush=True)

    series = []
    for title, steps, times in (
        ("calls", call_steps(options.guests), options.calls),
        ("instantiations", life_steps(options.guests), options.instantiations),
    ):
        if verbose:
            print(f"{title:>14}    resident")
        series.append(measure(title, steps, times, listen))
        if verbose:
            print(verdict(series[-1]), end="\n\n")
    if options.json:
        print(json.dumps([{**asdict(one), "growth": one.growth, "limit": LIMIT, "flat": one.flat} for one in series]))
    return 1 if options.strict and not all(one.flat for one in series) else 0


def verdict(series: Series) -> str:
    """Say whether memory stays flat."""
    found = "flat" if series.flat else "missed"
    return (
        f"{found}: {series.growth / 1024:+,.0f} KiB from {series.done[1]:,} to {series.done[-1]:,} {series.title},"
        f" where {LIMIT / 1024:,.0f} KiB are allowed"
    )


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(
        prog="python -m benchmarks soak", description="Repeat calls and instantiations, and watch resident memory."
    )
    made.add_argument("--calls", type=int, default=10**7, help="how many calls (default: ten million)")
    made.add_argument("--instantiations", type=int, default=10**5, help="how many (default: a hundred thousand)")
    made.add_argument("--json", action="store_true", help="print the series as JSON")
    made.add_argument("--strict", action="store_true", help="end with 1 when memory grows by more than the limit")
    made.add_argument("--guests", type=Path, default=Path("build/guests"), help="the folder of the guests")
    return made
