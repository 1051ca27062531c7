"""`python -m benchmarks` measures calls and starts; see also its `report` and `soak`.

`python -m benchmarks report RESULTS` writes the page of an earlier run; `python -m benchmarks soak` watches memory.
"""

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from benchmarks import page, plot, results, runner, terminal
from benchmarks.artifacts import Artifacts, MissingGuestError
from benchmarks.backends.registry import BACKENDS
from benchmarks.goals import Outcome, outcomes
from benchmarks.machine import MissingPackageError
from benchmarks.plan import FULL, QUICK, Plan
from benchmarks.soak.command import main as soak
from benchmarks.verdict import Verdict, twin_verdicts, verdicts
from benchmarks.workloads import WORKLOADS


def main(arguments: list[str] | None = None) -> int:
    """Measure or report.

    Args:
        arguments: The command line without the program's name; that of the process by default.

    Returns:
        The exit code: 1 with `--strict` and a missed verdict, 2 when something could not be measured.
    """
    words = sys.argv[1:] if arguments is None else arguments
    console = Console(stderr=True)
    try:
        match words:
            case ["report", *rest]:
                return report(rest)
            case ["soak", *rest]:
                return soak(rest)
            case _:
                return measure(words)
    except (MissingGuestError, MissingPackageError, results.ResultsError, runner.SuiteError, OSError) as error:
        console.print(f"error: {error}", style="red", markup=False, highlight=False)
        return 2


def measure(words: list[str]) -> int:
    """Measure, print the tables, and write results and plot."""
    options = measure_parser().parse_args(words)
    options.output.mkdir(parents=True, exist_ok=True)
    plan = Plan(
        artifacts=Artifacts(options.guests.resolve(), (options.output / "native").resolve()),
        backends=tuple(entry for entry in BACKENDS if not options.backend or entry.name in options.backend),
        workloads=tuple(entry.name for entry in WORKLOADS if not options.workload or entry.name in options.workload),
        effort=QUICK if options.quick else FULL,
    )
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True)) as progress:
        measured = runner.run(plan, options.output, progress)
    measured.save(options.output / "results.json")
    (options.output / "benchmark.svg").write_text(plot.render(measured), encoding="utf-8")
    terminal.show(Console(), measured)
    print(f"written: {options.output / 'results.json'}, {options.output / 'benchmark.svg'}")
    judged: list[Verdict | Outcome] = [*verdicts(measured), *twin_verdicts(measured), *outcomes(measured)]
    return 1 if options.strict and not all(each.met for each in judged) else 0


def report(words: list[str]) -> int:
    """Write the page, or the plot, of an earlier run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks report", description="Write the page of a run.")
    parser.add_argument("results", type=Path, help="the results.json of the run")
    parser.add_argument("--plot", metavar="LINK", help="where the page finds the plot")
    options = parser.parse_args(words)
    print(page.render(results.load(options.results), options.plot), end="")
    return 0


def measure_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line that measures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Time every workload on every backend.")
    parser.add_argument("--quick", action="store_true", help="fewer turns: a first look, not numbers to quote")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a verdict or goal is missed")
    parser.add_argument("--backend", action="append", choices=[entry.name for entry in BACKENDS], help="only this one")
    parser.add_argument(
        "--workload", action="append", choices=[entry.name for entry in WORKLOADS], help="only this one"
    )
    parser.add_argument("--output", type=Path, default=Path("build/bench"), help="the folder for results and plot")
    parser.add_argument("--guests", type=Path, default=Path("build/benchmarks"), help="the folder of the guests")
    return parser


if __name__ == "__main__":
    sys.exit(main())
