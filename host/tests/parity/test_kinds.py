"""Plugins of different kinds side by side: the C guest in its sandbox, and the same plugin in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import componium
from componium import GuestError, parity

from host.tests.conftest import ROOT, guest

if TYPE_CHECKING:
    from pathlib import Path

CONTRACT = componium.Contract(ROOT / "tests" / "guests" / "parity" / "wit")
CORRECT = guest("parity-correct-c")


class Tally:
    """A number that grows, and wraps."""

    def __init__(self, start: int) -> None:
        """Begin at a number."""
        self._value = start

    def add(self, amount: int) -> int:
        """Grow."""
        self._value = (self._value + amount) & 0xFFFF_FFFF
        return self._value


class Work:
    """What the plugin exports."""

    Tally = Tally

    def __init__(self, journal: Any, problem: Any) -> None:
        """Take what the application provides, and the classes of errors."""
        self._journal = journal
        self._problem = problem

    def greatest(self, numbers: list[int]) -> int | None:
        """Find the greatest number."""
        return max(numbers, default=None)

    def parse(self, text: str) -> int:
        """Read a number."""
        if not text:
            raise GuestError(self._problem.Empty())
        value = 0
        for at, byte in enumerate(text.encode()):
            if not 0x30 <= byte <= 0x39:
                raise GuestError(self._problem.NotADigit(at))
            value = value * 10 + byte - 0x30
            if value > 0xFFFF_FFFF:
                raise GuestError(self._problem.TooLarge())
        return value

    def join(self, words: list[str]) -> str:
        """Join words."""
        text = ""
        for at, word in enumerate(words):
            text += self._journal.separator() if at else ""
            self._journal.note(word)
            text += word
        return text


class Short(Work):
    """Takes one character of what stands between words."""

    def join(self, words: list[str]) -> str:
        """Join words."""
        text = ""
        for at, word in enumerate(words):
            text += self._journal.separator()[:1] if at else ""
            self._journal.note(word)
            text += word
        return text


class Broken(Work):
    """Fails with a Python error where there is a long list."""

    def greatest(self, numbers: list[int]) -> int | None:
        """Find the greatest number, unless there are several."""
        return numbers.index(-1) if len(numbers) > 1 else super().greatest(numbers)


def plugin(work: type[Work]) -> componium.Component:
    """Load the plugin in Python."""
    problem = next(each for each in componium.load(CORRECT).exports if each.attribute == "work").types["Problem"]

    class Plugin:
        def __init__(self, imports: Any) -> None:
            self.work = work(imports.journal, problem)

    return componium.load(Plugin, contract=CONTRACT, trust=True)


def test_a_sandboxed_and_a_python_plugin_are_equal() -> None:
    """The same plugin in two languages and two kinds does the same, resources included."""
    report = parity.compare(CORRECT, plugin(Work), contract=CONTRACT)
    assert report.equal, parity.to_text(report)
    assert [each.name for each in report.comparisons][-1] == "calls in a row"


def test_answers_become_small_too() -> None:
    """A difference that depends on what the application answers has the smallest answer that shows it."""
    [difference] = parity.compare(CORRECT, plugin(Short), functions=["join"]).differences
    assert [call.arguments for call in difference.case.calls] == [(["", ""],)]
    assert {name.partition("#")[2]: given for name, given in difference.case.answers.items()} == {"separator": ("00",)}
    assert "answers={'journal.separator': ['00']}" in difference.reproduce[0]


def test_an_error_of_python_is_a_trap() -> None:
    """What a plugin in Python raises ends its instance, as a trap does."""
    [difference] = parity.compare(CORRECT, plugin(Broken), functions=["greatest"]).differences
    assert [call.arguments for call in difference.case.calls] == [([0, 0],)]
    assert difference.disagreements[0].place == "one returned, the other ended with Trap"


def test_a_recording_is_replayed_on_another_kind(tmp_path: Path) -> None:
    """What was recorded of a Python plugin, resources included, is replayed on a component, and the other way."""
    path = tmp_path / "calls.jsonl"
    imports = {"journal": {"note": lambda line: None, "separator": lambda: ", "}}  # noqa: ARG005  # ignored
    with componium.record(plugin(Work), path) as recorder:
        work = recorder.instantiate(imports).work
        assert work.join(["a", "b"]) == "a, b"
        with work.Tally(3) as tally:
            assert tally.add(0xFFFF_FFFF) == 2
    with componium.record(componium.load(CORRECT), path) as recorder:
        assert recorder.instantiate(imports).work.greatest([1]) == 1
    for each in (CORRECT, plugin(Work)):
        report = componium.replay(path, each)
        assert report.equal, parity.to_text(report)
        assert report.cases == 5
