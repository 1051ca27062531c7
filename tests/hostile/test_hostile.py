"""Every attack ends as cases.toml says, in a process whose other plugins do not notice."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import componium
import pytest

from .__main__ import outcome
from .attack import Outcome, prepare
from .case import HERE, Case, read_cases
from .guest import BUILT
from .watchdog import Watchdog

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the scene has symlinks, which need a privilege there")

CASES = read_cases()


@pytest.fixture(scope="module")
def watchdog() -> Iterator[Watchdog[Case, Outcome]]:
    """Give the process in which all attacks take place."""
    with Watchdog(prepare) as made:
        yield made


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_contained(watchdog: Watchdog[Case, Outcome], case: Case) -> None:
    """The attack ends in the documented error or answer, within its limits, and harms nothing."""
    assert outcome(watchdog, case).problems == ()


WRONG = {
    "another error": (Case(name="x", tries="", guest="endless-loop", error="Trap"), "should have ended in Trap"),
    "no error": (Case(name="x", tries="", guest="broken-custom-sections", error="Trap"), "should have ended in Trap"),
    "another text": (
        Case(name="x", tries="", guest="deep-recursion", error="Trap", says="division by zero"),
        "should have ended in Trap: division by zero",
    ),
    "another time": (
        Case(name="x", tries="", guest="loop-in-start", error="DeadlineExceeded"),
        "should have ended at call, not at start",
    ),
    "another answer": (
        Case(name="x", tries="", guest="c", call="sleep-a-minute", answer="refused"),
        "should have answered 'refused'",
    ),
    "too late": (
        Case(name="x", tries="", guest="endless-loop", error="DeadlineExceeded", seconds=0.1),
        "took more than 0.1 s",
    ),
    "too much memory": (
        Case(name="x", tries="", guest="memory-bomb", error="MemoryExceeded", growth=16),
        "took more than 16 MiB",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_not_contained(watchdog: Watchdog[Case, Outcome], name: str) -> None:
    """What ends otherwise than it should is told."""
    case, problem = WRONG[name]
    told = outcome(watchdog, case)
    assert not told.contained
    assert problem in " ".join(told.problems)


def test_all_guests_are_used() -> None:
    """Every guest in text form, and every function of the built ones, is an attack of one of the tables."""
    cases = [*CASES, *read_cases(HERE / "pending.toml")]
    assert {case.guest for case in cases} - set(BUILT) == {file.stem for file in HERE.glob("text/*.wat")}
    for language in BUILT:
        world = Path(HERE, "wit", language, "hostile.wit").read_text(encoding="utf-8")
        functions = set(re.findall(r"export ([a-z-]+): func", world))
        assert {case.call for case in CASES if case.guest == language and case.when != "load"} == functions


def test_errors_are_documented() -> None:
    """The errors of the table are classes of the public API."""
    errors = {case.error for case in CASES if case.error}
    assert errors <= set(componium.__all__)
