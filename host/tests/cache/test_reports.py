"""Problems go to the logger, and nothing else comes of them."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import pytest

from .conftest import Warnings, entry, load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class _Careless(logging.Filter):
    """A filter of an application's that fails, or does something else that the cache has to bear."""

    def __init__(self, *, fails: bool) -> None:
        super().__init__()
        self.found: bool | None = None
        self._fails = fails

    def filter(self, record: logging.LogRecord) -> bool:
        """Fail, or load the plugin that is told of."""
        del record
        if self._fails:
            raise RuntimeError("careless")
        self.found = load(1)
        return True


@pytest.fixture(params=[True, False], ids=["fails", "loads"])
def careless(request: pytest.FixtureRequest) -> Iterator[_Careless]:
    """Add the filter for one test."""
    added = _Careless(fails=request.param)
    logger = logging.getLogger("componium.cache")
    logger.addFilter(added)
    yield added
    logger.removeFilter(added)


def test_careless_filter(folder: Path, careless: _Careless, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the application does with a warning cannot make a load fail, and may be another load."""
    unraisable: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda hook: unraisable.append(hook.exc_value))
    load(1)
    entry(folder).write_bytes(b"damaged")
    assert not load(1)
    if careless.found is None:
        assert [str(error) for error in unraisable] == ["careless"]
    else:
        assert careless.found
        assert unraisable == []


def test_each_damage_is_told(folder: Path, warnings: Warnings) -> None:
    """A disk that damages an entry again is told of again."""
    for _ in range(2):
        load(1)
        entry(folder).write_bytes(b"damaged")
        load(1)
        assert len(warnings.take()) == 1
