"""Recorded calls on another plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import componium
import pytest
from componium import parity
from componium.parity import Raised, Returned

from host.tests.conftest import guest

if TYPE_CHECKING:
    from pathlib import Path


def note(line: str) -> None:
    """Refuse one word."""
    if line == "bad":
        raise ValueError("no such word")


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Record what shows every planted difference, and an exception of the application."""
    path = tmp_path / "calls.jsonl"
    answers = iter([", ", " and "] * 9)
    imports = {"journal": {"note": note, "separator": lambda: next(answers)}}
    with componium.record(componium.load(guest("parity-correct-c")), path) as recorder:
        work = recorder.instantiate(imports).work
        assert work.join(["a", "", "b"]) == "a,  and b"
        assert work.greatest([1, 2, 3, 4]) == 4
        with pytest.raises(componium.GuestError):
            work.parse("word")
        with work.Tally(1) as tally:
            tally.add(1)
            tally.add(1)
        with pytest.raises(ValueError, match="no such word"):
            work.join(["bad", "worse"])
        assert recorder.instantiate(imports).work.greatest([]) is None
    return path


def test_the_same_plugin_does_the_same(recording: Path) -> None:
    """Every call is made again, answered as it was answered, without the application."""
    report = componium.replay(recording, guest("parity-correct-c"))
    assert report.equal
    assert {each.name: each.cases for each in report.comparisons} == {
        "work.join": 2,
        "work.greatest": 2,
        "work.parse": 1,
        "work.Tally": 1,
        "work.Tally.add": 2,
        "work.Tally[drop]": 1,
    }


@pytest.mark.parametrize(
    ("faulty", "function", "aspect"),
    [
        ("off-by-one", "work.greatest", "result"),
        ("other-error", "work.parse", "error"),
        ("missing-call", "work.join", "host calls"),
        ("forgetful", "work.Tally.add", "result"),
    ],
)
def test_differences_are_found(recording: Path, faulty: str, function: str, aspect: str) -> None:
    """Another plugin that does something else is told apart at the very call."""
    [difference] = componium.replay(recording, guest(f"parity-{faulty}-c")).differences
    assert difference.function == function
    assert [each.aspect for each in difference.disagreements] == [aspect]
    assert difference.case.name == "instance 0 of parity-correct-c.wasm"


def test_what_was_not_asked_has_no_answer(tmp_path: Path) -> None:
    """A call of the application that was not recorded ends the call; the next ones are made on a new instance."""
    path = tmp_path / "calls.jsonl"
    imports = {"journal": {"note": note, "separator": str}}
    with componium.record(componium.load(guest("parity-missing-call-c")), path) as recorder:
        work = recorder.instantiate(imports).work
        work.join([""])
        work.greatest([1])
    report = componium.replay(path, guest("parity-correct-c"))
    [difference] = report.differences
    assert difference.a.outcome == Returned("")
    assert isinstance(difference.b.outcome, Raised)
    assert difference.b.outcome.kind == "NotRecorded"
    assert report.cases == 2


def test_rules_hold(recording: Path) -> None:
    """What may differ is said as for a comparison."""
    rules = {"greatest": parity.Rules(nondeterministic=True)}
    assert componium.replay(recording, guest("parity-off-by-one-c"), rules=rules).equal


def test_another_contract_cannot_be_replayed(recording: Path) -> None:
    """The plugin must export what was called."""
    with pytest.raises(componium.ContractError, match=r"work\.parse is not exported with the same types"):
        componium.replay(recording, guest("faulty-c"))


def test_a_recording_is_a_case(recording: Path) -> None:
    """A comparison makes the recorded calls too, with the recorded answers, and shows the call that differs."""
    plugins = guest("parity-correct-c"), guest("parity-off-by-one-c")
    [difference] = parity.compare(*plugins, cases=[recording], examples=0).differences
    assert [call.arguments for call in difference.case.calls] == [([1, 2, 3, 4],)]
    plugins = guest("parity-correct-c"), guest("parity-correct-c")
    assert parity.compare(*plugins, cases=[recording], examples=0).equal
