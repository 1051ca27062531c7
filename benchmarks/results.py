"""The results of one run: what `results.json` holds, and all that reports, plots and verdicts read."""

import json
import statistics
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FORMAT = 2


class ResultsError(Exception):
    """A results file cannot be used."""


@dataclass(frozen=True)
class Call:
    """The time of one call of a workload on a backend, in seconds.

    Attributes:
        workload: The workload's name.
        backend: The backend's name.
        minimum: The fastest timing.
        lower_quartile: A quarter of the timings was faster.
        median: Half of the timings were faster.
        upper_quartile: Three quarters of the timings were faster.
        timings: How many timings there were.
        iterations: How many calls one timing covers.
        turns: The median of each turn; ratios compare turns with the same index.
    """

    workload: str
    backend: str
    minimum: float
    lower_quartile: float
    median: float
    upper_quartile: float
    timings: int
    iterations: int
    turns: tuple[float, ...]


@dataclass(frozen=True)
class Start:
    """The start of a backend in a process of its own, in seconds.

    Attributes:
        backend: The backend's name.
        first_load: How long `load` took at the very first start, before anything was cached.
        phases: The medians of the later starts, phase by phase.
        starts: How many later starts there were.
    """

    backend: str
    first_load: float
    phases: dict[str, float]
    starts: int


@dataclass(frozen=True)
class Crowd:
    """Two threads with an instance each, beside one thread.

    Attributes:
        backend: The backend's name.
        lasting: How long a call was meant to last, in seconds.
        one: How many calls one thread made in a second, turn by turn.
        two: How many calls two threads made together in a second, in the same turns.
    """

    backend: str
    lasting: float
    one: tuple[float, ...]
    two: tuple[float, ...]

    @property
    def gain(self) -> float:
        """How many times as many calls two threads make as one: the median over turns taken together."""
        return statistics.median(two / one for one, two in zip(self.one, self.two, strict=True))


@dataclass(frozen=True)
class Results:
    """One run.

    Attributes:
        date: When it ended, UTC, as ISO 8601.
        machine: Processor, system and interpreter.
        versions: The version of each distribution that took part.
        effort: How often everything was measured.
        workloads: Name to title, in the order of tables.
        backends: Name to title, in the order of tables.
        missing: The backends that were not measured, with the reasons.
        calls: The times of calls.
        starts: The times of starts.
        crowds: The calls of several threads.
    """

    date: str
    machine: dict[str, str]
    versions: dict[str, str]
    effort: dict[str, float]
    workloads: dict[str, str]
    backends: dict[str, str]
    missing: dict[str, str]
    calls: tuple[Call, ...]
    starts: tuple[Start, ...]
    crowds: tuple[Crowd, ...]

    def call(self, workload: str, backend: str) -> Call | None:
        """Return the time of one workload on one backend, or `None` where it was not measured."""
        return next((call for call in self.calls if (call.workload, call.backend) == (workload, backend)), None)

    def save(self, path: Path) -> None:
        """Write the results as JSON."""
        path.write_text(json.dumps({"format": FORMAT, **asdict(self)}, indent=2) + "\n", encoding="utf-8")


def load(path: Path) -> Results:
    """Read results that `Results.save` wrote.

    Raises:
        ResultsError: The file has another format or is none of ours.
        OSError: The file cannot be read.
    """
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if content.pop("format") != FORMAT:
            raise ResultsError(f"{path} has another format than this version reads: run the benchmarks again")
        content["calls"] = tuple(Call(**{**call, "turns": tuple(call["turns"])}) for call in content["calls"])
        content["starts"] = tuple(Start(**start) for start in content["starts"])
        content["crowds"] = tuple(
            Crowd(**{**crowd, "one": tuple(crowd["one"]), "two": tuple(crowd["two"])}) for crowd in content["crowds"]
        )
        return Results(**content)
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise ResultsError(f"{path} holds no benchmark results ({error!r}): run the benchmarks again") from error
