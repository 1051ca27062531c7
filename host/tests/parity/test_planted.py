"""Planted differences are found, and made as small as they can be."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import componium
import pytest
from componium import parity
from componium.parity import Call, Failed, Returned

from host.tests.conftest import ROOT, guest

if TYPE_CHECKING:
    from componium.parity import Difference

CORRECT = "parity-correct"


def compare(faulty: str) -> Difference:
    """Compare the correct guest with a faulty one; there must be a single difference."""
    report = parity.compare(guest(f"{CORRECT}-c"), guest(f"parity-{faulty}-c"))
    [difference] = report.differences
    assert not report.equal
    return difference


def calls(difference: Difference) -> list[tuple[str, tuple[object, ...]]]:
    """Return the calls of a difference by their short names."""
    return [(call.function.rpartition("#")[2], call.arguments) for call in difference.case.calls]


def aspects(difference: Difference) -> list[str]:
    """Return what differs."""
    return [each.aspect for each in difference.disagreements]


def test_off_by_one() -> None:
    """A loop that ends an element early needs four elements, of which the last is the greatest."""
    difference = compare("off-by-one")
    assert calls(difference) == [("greatest", ([0, 0, 0, 1],))]
    assert (difference.a.outcome, difference.b.outcome) == (Returned(1), Returned(0))
    assert aspects(difference) == ["result"]


def test_other_error() -> None:
    """Another error case shows with a single character."""
    difference = compare("other-error")
    assert calls(difference) == [("parse", (":",))]
    assert (difference.a.outcome, difference.b.outcome) == (Failed({"not-a-digit": 0}), Failed("empty"))
    assert aspects(difference) == ["error"]


def test_missing_host_call() -> None:
    """A call of the application that is left out shows though the results are equal."""
    difference = compare("missing-call")
    assert calls(difference) == [("join", ([""],))]
    assert difference.a.outcome == difference.b.outcome == Returned("")
    assert [call.arguments for call in difference.a.host_calls] == [("",)]
    assert difference.b.host_calls == ()
    assert aspects(difference) == ["host calls"]


def test_forgotten_state() -> None:
    """State of a resource that is lost shows in calls in a row."""
    difference = compare("forgetful")
    names = [name for name, _ in calls(difference)]
    assert names == ["[constructor]tally", "[method]tally.add", "[method]tally.add"]
    assert difference.a.outcome != difference.b.outcome


def test_the_same_guest_is_equal() -> None:
    """A plugin is equal to itself; a report says what was compared."""
    report = parity.compare(guest(f"{CORRECT}-c"), componium.load(guest(f"{CORRECT}-c")), examples=20)
    assert report.equal
    assert [comparison.name for comparison in report.comparisons] == [
        *("work.Tally", "work.greatest", "work.parse", "work.join", "calls in a row"),
    ]
    assert report.cases == 100


def test_the_line_of_python_reproduces_it() -> None:
    """The line that a difference comes with makes the calls again, and prints what they do."""
    line = compare("off-by-one").reproduce[1]
    printed = subprocess.run([sys.executable, "-c", line], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "outcome=Returned(value=0)" in printed.stdout


def test_answers_are_generated() -> None:
    """What the application answers is generated, is the same on both sides, and becomes small too."""
    report = parity.compare(
        guest(f"{CORRECT}-c"),
        guest("parity-missing-call-c"),
        functions=["join"],
        rules={"join": parity.Rules()},
        cases=[parity.Case((_join("a", "b"),), {SEPARATOR: (", ",)}, "a case")],
        examples=0,
    )
    assert report.equal
    [trace] = parity.run(guest(f"{CORRECT}-c"), [("join", [["a", "b"]])], answers={"separator": [", "]})
    assert trace.outcome == Returned("a, b")
    assert json.loads(parity.to_json(report))["equal"] is True


SEPARATOR = "test:parity/journal@0.1.0#separator"


def _join(*words: str) -> Call:
    return Call("test:parity/work@0.1.0#join", ([*words],))


def test_seeds_are_respected() -> None:
    """The same seed gives the same cases."""
    reports = [parity.compare(guest(f"{CORRECT}-c"), guest("parity-forgetful-c"), seed=7) for _ in range(2)]
    assert [report.cases for report in reports] == [reports[0].cases] * 2
    assert [each.case for each in reports[0].differences] == [each.case for each in reports[1].differences]


def test_what_cannot_be_compared_is_an_error() -> None:
    """Plugins of different contracts have nothing in common."""
    with pytest.raises(componium.ContractError, match="export nothing in common that can be called"):
        parity.compare(guest(f"{CORRECT}-c"), guest("faulty-c"))


def test_a_contract_is_checked() -> None:
    """Both plugins must implement a contract that is given."""
    contract = componium.Contract(ROOT / "wit" / "launcher" / "0.1.0", "plugin")
    with pytest.raises(componium.ContractError, match=r"parity-correct-c\.wasm does not implement"):
        parity.compare(guest(f"{CORRECT}-c"), guest("faulty-c"), contract=contract)


def test_resources_of_the_application_are_refused() -> None:
    """Objects of the application cannot be written down: the error names the resources."""
    with pytest.raises(componium.UnsupportedType, match=r"imports resources of the application.*: file"):
        parity.compare(guest("resources-rust"), guest("resources-rust"), functions=["alive"])
