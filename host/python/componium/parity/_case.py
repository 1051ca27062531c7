"""Calls to make on both sides, and what the application answers meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from componium._calls.trace import Call
    from componium._calls.values import Json


@dataclass(frozen=True)
class Case:
    """Calls in a row on one new instance."""

    calls: tuple[Call, ...]
    answers: Mapping[str, tuple[Json, ...]] = field(default_factory=dict, hash=False)
    """By name in WIT, what functions of the application answer: first, second, and then always the last. Those that
    are not listed answer the simplest value of their type: zero, empty, absent, the first case."""
    name: str = ""
    """Where the case comes from; empty for a generated one."""
