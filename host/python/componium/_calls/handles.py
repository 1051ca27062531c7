"""Handles of guests' resources by number, so that calls on them can be written down."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, WeakValueDictionary

if TYPE_CHECKING:
    from componium._resources import Resource


class NoHandle(LookupError):  # noqa: N818  # says what happened
    """There is no live handle of a resource."""


class Handles:
    """The handles that came out of one instance: each resource's are counted from 0 in the order of their coming."""

    def __init__(self, *, keep: bool = True, exact: bool = False) -> None:
        """Know of no handles.

        Args:
            keep: Whether to keep the handles alive, instead of leaving that to the application.
            exact: Whether a number stands for its own handle alone, and never for another that is alive.
        """
        self._kept: list[Resource] | None = [] if keep else None
        self._exact = exact
        self._lock = threading.Lock()
        self._numbers: WeakKeyDictionary[Resource, int] = WeakKeyDictionary()
        self._handles: WeakValueDictionary[tuple[int, int], Resource] = WeakValueDictionary()
        self._next: Counter[int] = Counter()

    def number(self, resource: int, handle: Resource) -> int:
        """Return a handle's number; a new one for a handle that comes for the first time.

        Args:
            resource: The index of the resource in the model.
            handle: The handle.
        """
        with self._lock:
            if handle not in self._numbers:
                number = self._next[resource]
                self._next[resource] += 1
                self._numbers[handle] = number
                self._handles[resource, number] = handle
                if self._kept is not None:
                    self._kept.append(handle)
            return self._numbers[handle]

    def choose(self, resource: int, number: int) -> Any:
        """Return the handle of a number if it is alive, otherwise another one that is.

        Raises:
            NoHandle: None is alive.
        """
        seen = [self._handles.get((resource, each)) for each in range(self._next[resource])]
        alive = [handle for handle in seen if handle is not None and _held(handle)]
        wanted = self._handles.get((resource, number))
        if wanted is not None and _held(wanted):
            return wanted
        if not alive or self._exact:
            raise NoHandle
        return alive[number % len(alive)]


def _held(handle: Resource) -> bool:
    return handle._handle.held  # noqa: SLF001  # of this package
