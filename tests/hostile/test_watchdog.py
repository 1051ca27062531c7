"""What a watchdog makes of a process that hangs or dies."""

import os
import sys
from collections.abc import Iterator

import pytest

from .puppet import prepare
from .watchdog import Death, Watchdog


@pytest.fixture
def watchdog() -> Iterator[Watchdog[str, str]]:
    """Watch a process that obeys."""
    with Watchdog(prepare) as made:
        yield made


def test_answers(watchdog: Watchdog[str, str]) -> None:
    """All requests are answered by one process, which is not this one."""
    first = watchdog.ask("who", 30)
    assert first == watchdog.ask("who", 30) != str(os.getpid())


def test_failure(watchdog: Watchdog[str, str]) -> None:
    """What is raised there is raised here."""
    with pytest.raises(ValueError, match="fail"):
        watchdog.ask("fail", 30)


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("hang", "hung: no answer in 0.2 s"),
        ("exit", "died: exit code 3"),
        pytest.param(
            *("crash", "died: SIGKILL"),
            marks=pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals"),
        ),
    ],
)
def test_death(watchdog: Watchdog[str, str], order: str, reason: str) -> None:
    """A hang or a death is an answer too, and the next request goes to a new process."""
    before = watchdog.ask("who", 30)
    assert watchdog.ask(order, 0.2 if order == "hang" else 30) == Death(reason)
    after = watchdog.ask("who", 30)
    assert isinstance(after, str)
    assert after != before
