"""Attacks the host and tells how each attack ended: `nox -s hostile`.

All attacks run in one process; this one watches it, so that a hang or a crash is a line like any other.
"""

import argparse
import fnmatch
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from . import mutation
from .attack import Outcome, prepare
from .case import TABLE, Case, read_cases
from .report import print_json, print_lines
from .watchdog import Death, Watchdog

PATIENCE = 30.0
"""Seconds after which an attack counts as hung."""

_EPILOG = """\
examples:
  nox -s hostile
  nox -s hostile -- 'open-*' --json
  nox -s hostile -- mutate --seconds 60
"""


def main() -> None:
    """Run the attacks, or the mutations; end with 0 only if everything was contained."""
    arguments = sys.argv[1:]
    sys.exit(mutation.main(arguments[1:]) if arguments[:1] == ["mutate"] else _attack(arguments))


def _attack(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="nox -s hostile --", description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("attack", nargs="*", default=["*"], help="names, with * and ?; all by default")
    parser.add_argument("--json", action="store_true", help="print the outcomes as JSON")
    parser.add_argument("--table", type=Path, default=TABLE, help="attacks of another table than cases.toml")
    options = parser.parse_args(arguments)
    cases = [
        case
        for case in read_cases(options.table)
        if any(fnmatch.fnmatchcase(case.name, name) for name in options.attack)
    ]
    if not cases:
        parser.error(f"no attack in {options.table.name} is called {' or '.join(options.attack)}")
    done = (print_json if options.json else print_lines)(_outcomes(cases))
    return 0 if all(outcome.contained for outcome in done) else 1


def _outcomes(cases: Iterable[Case]) -> Iterator[Outcome]:
    """Run attacks under a watchdog."""
    with Watchdog(prepare) as watchdog:
        for case in cases:
            yield outcome(watchdog, case)


def outcome(watchdog: Watchdog[Case, Outcome], case: Case) -> Outcome:
    """Run one attack.

    Args:
        watchdog: Whose process runs it.
        case: The attack.

    Returns:
        How it ended; a process that hung, died or cannot work any more is a problem.
    """
    began = time.perf_counter()
    try:
        answer = watchdog.ask(case, PATIENCE)
    except OSError as error:
        answer = Death(f"cannot go on: {error}")
    if isinstance(answer, Death):
        return Outcome(case.name, "the process", time.perf_counter() - began, 0, (answer.reason,))
    return answer


if __name__ == "__main__":
    main()
