"""Makes results out of the JSON that pytest-benchmark writes: one entry there is one turn of one backend.

What pytest-benchmark times is a loop of several calls, or threads with such loops; `iterations` or `calls` in the
entry's extra information says of how many.
"""

import statistics
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from benchmarks.results import Call, Crowd, Start

Entry = dict[str, Any]  # as pytest-benchmark writes it


def calls(entries: Iterable[Entry]) -> tuple[Call, ...]:
    """Merge the turns of every workload and backend."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        extra = entry["extra_info"]
        if "turn" in extra:
            groups[extra["workload"], extra["backend"]].append(entry)
    return tuple(merge_turns(*key, turns) for key, turns in groups.items())


def merge_turns(workload: str, backend: str, entries: list[Entry]) -> Call:
    """Merge the turns of one backend on one workload, put into the order in which they were taken."""
    ordered = sorted(entries, key=lambda entry: int(entry["extra_info"]["turn"]))
    iterations = int(ordered[0]["extra_info"]["iterations"])
    turns = [[timing / iterations for timing in entry["stats"]["data"]] for entry in ordered]
    timings = sorted(timing for turn in turns for timing in turn)
    lower, middle, upper = quartiles(timings)
    return Call(
        workload=workload,
        backend=backend,
        minimum=timings[0],
        lower_quartile=lower,
        median=middle,
        upper_quartile=upper,
        timings=len(timings),
        iterations=iterations,
        turns=tuple(statistics.median(turn) for turn in turns),
    )


def quartiles(values: list[float]) -> tuple[float, float, float]:
    """Return lower quartile, median and upper quartile; of a single value, the value itself three times."""
    if len(values) == 1:
        return values[0], values[0], values[0]
    lower, middle, upper = statistics.quantiles(values, n=4, method="inclusive")
    return lower, middle, upper


def starts(entries: Iterable[Entry]) -> tuple[Start, ...]:
    """Tell the first start of each backend from the later ones, and take the medians of those."""
    groups: dict[str, dict[int, dict[str, float]]] = defaultdict(dict)
    for entry in entries:
        extra = entry["extra_info"]
        if "start" in extra:
            groups[extra["backend"]][int(extra["start"])] = extra["phases"]
    return tuple(
        Start(
            backend=backend,
            first_load=samples[0]["load"],
            phases={phase: statistics.median(later[phase] for later in samples[1:]) for phase in samples[0]},
            starts=len(samples) - 1,
        )
        for backend, numbered in groups.items()
        for samples in [[numbered[number] for number in sorted(numbered)]]
    )


def crowds(entries: Iterable[Entry]) -> tuple[Crowd, ...]:
    """Put what one thread did beside what two did in the same turn."""
    groups: dict[tuple[str, float], dict[int, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for entry in entries:
        extra = entry["extra_info"]
        if "threads" in extra:
            rates = groups[extra["backend"], extra["lasting"]][extra["threads"]]
            rates[extra["number"]] = extra["calls"] / statistics.median(entry["stats"]["data"])
    return tuple(
        Crowd(
            backend=backend,
            lasting=lasting,
            one=tuple(rates[1][number] for number in sorted(rates[1])),
            two=tuple(rates[2][number] for number in sorted(rates[1])),
        )
        for (backend, lasting), rates in groups.items()
    )
