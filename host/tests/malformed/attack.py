"""What the tests of malformed guests share: loading them, and what must hold after an attack."""

from __future__ import annotations

import functools
import gc
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import componium
import pytest
from componium import ClosedError

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
STATUS = Path("/proc/self/statm")
PAGE = 4096


@functools.cache
def load(file: str, **placeholders: str) -> componium.Component:
    """Load a component of this folder.

    Args:
        file: Its name, without `.wat`.
        placeholders: What stands in it for names in braces.
    """
    source = (HERE / f"{file}.wat").read_text(encoding="utf-8")
    source = source.format(**placeholders) if placeholders else source
    return componium.load(componium.toolchain.parse_text(source), name=file)


def fails(
    make: Callable[[], componium.Instance],
    attack: Callable[[componium.Instance], object],
    error: type[Exception],
    message: str,
    *,
    times: int = 1000,
) -> None:
    """Check that `attack` ends its instance with an error, harms no other instance, and leaves nothing behind.

    Args:
        make: Makes an instance.
        attack: Makes it misbehave.
        error: The class of the error, exactly.
        message: A part of its message.
        times: How often it is done to find out whether anything leaks.
    """
    with make() as bystander:
        instance = make()
        with pytest.raises(error, match=re.escape(message)) as caught:
            attack(instance)
        assert type(caught.value) is error
        del caught
        assert not instance.running
        with pytest.raises(ClosedError):
            attack(instance)
        assert bystander.running

    def once() -> None:
        with pytest.raises(error):
            attack(make())

    leaks_nothing(once, times)


def leaks_nothing(action: Callable[[], object], times: int = 1000) -> None:
    """Check that memory does not grow when `action` is repeated.

    What is kept once, in caches and pools, may take a few rounds: a leak grows in every round.
    """
    for _ in range(times // 10 + 2):
        action()
    for _ in range(6):
        blocks, resident = _blocks(), _resident()
        for _ in range(times):
            action()
        blocks, resident = _blocks() - blocks, _resident() - resident
        if blocks < max(times // 4, 20) and resident < 1 << 20:
            return
    pytest.fail(f"{blocks} objects and {resident} bytes are left after {times} times")


def _blocks() -> int:
    """Return the number of blocks of memory that Python holds."""
    gc.collect()
    return sys.getallocatedblocks()


def _resident() -> int:
    """Return the bytes of this process that are in memory; 0 where the system does not tell."""
    return int(STATUS.read_text(encoding="ascii").split()[1]) * PAGE if STATUS.exists() else 0
