"""The soak."""

import json
from pathlib import Path

import psutil
import pytest

from benchmarks.__main__ import main
from benchmarks.artifacts import MissingGuestError
from benchmarks.soak.series import LIMIT, POINTS, Series, measure
from benchmarks.soak.steps import call_steps, life_steps, refused, repeat

GUESTS = Path(__file__).parents[2] / "build" / "guests"


@pytest.mark.parametrize("make", [call_steps, life_steps])
def test_every_step_can_be_taken_again(make: object) -> None:
    """No call ends an instance that others use, and no life spoils the next."""
    assert callable(make)
    steps = make(GUESTS)
    repeat(steps, 3 * len(steps))


def test_steps_need_their_guests(tmp_path: Path) -> None:
    """A guest that is not built is named with the remedy."""
    with pytest.raises(MissingGuestError, match=r"values-rust.*nox -s build"):
        call_steps(tmp_path)


def test_steps_repeat_in_turn() -> None:
    """From the first to the last, then again."""
    taken: list[str] = []
    repeat([lambda: taken.append("a"), lambda: taken.append("b")], 5)
    assert "".join(taken) == "ababa"


def test_missing_error_stops_the_soak() -> None:
    """A call that should fail and does not is a wrong answer."""
    refused(ZeroDivisionError, lambda number: 1 / number, 0)
    with pytest.raises(AssertionError, match="did not raise ZeroDivisionError"):
        refused(ZeroDivisionError, lambda number: 1 / number, 1)


def test_memory_is_looked_at_ten_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """At every tenth of the steps, all of which are taken."""
    sizes = iter(range(100, 200))
    info = type("info", (), {"rss": property(lambda _: next(sizes))})
    monkeypatch.setattr(psutil.Process, "memory_info", lambda _: info())
    taken: list[None] = []
    heard: list[tuple[int, int]] = []
    series = measure("steps", [lambda: taken.append(None)], 25, lambda *point: heard.append(point))
    assert len(taken) == 25
    assert series.done == (2, 5, 7, 10, 12, 15, 17, 20, 22, 25)
    assert [size for _, size in heard] == [*series.resident]
    assert len(heard) == POINTS


@pytest.mark.parametrize(("growth", "flat"), [(-1, True), (LIMIT, True), (LIMIT + 1, False)])
def test_growth_counts_from_the_second_point(growth: int, *, flat: bool) -> None:
    """What came before fills caches."""
    series = Series("steps", tuple(range(POINTS)), (0, LIMIT * 9, *[0] * (POINTS - 3), LIMIT * 9 + growth))
    assert (series.growth, series.flat) == (growth, flat)


@pytest.mark.parametrize(("limit", "flat", "code"), [(2**40, True, 0), (-(2**40), False, 1)])
def test_strict_soak_ends_with_the_verdict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], limit: int, *, flat: bool, code: int
) -> None:
    """A process that grows by more than is allowed has failed, with the figures on standard output."""
    monkeypatch.setattr("benchmarks.soak.series.LIMIT", limit)
    words = ["soak", "--calls", "40", "--instantiations", "10", "--guests", str(GUESTS), "--json", "--strict"]
    assert main(words) == code
    calls, instantiations = json.loads(capsys.readouterr().out)
    assert (calls["title"], calls["done"][-1], calls["flat"]) == ("calls", 40, flat)
    assert (instantiations["title"], len(instantiations["resident"])) == ("instantiations", POINTS)
