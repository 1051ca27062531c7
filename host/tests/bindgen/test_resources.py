"""Bindings of a real guest with resources: typed handles, and typed classes of the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

import componium
import pytest

from ..conftest import guest  # noqa: TID252  # the tests are no distribution
from .generated import guest_resources as bindings

if TYPE_CHECKING:
    from collections.abc import Iterator


class DiskFile:
    """A file of the application."""

    def __init__(self, name: str) -> None:
        """Open a file."""
        self._name = name

    @staticmethod
    def open(name: str) -> DiskFile:
        """Open a file, if there is one."""
        if name == "absent":
            raise componium.GuestError(bindings.Problem.NotFound(name))
        return DiskFile(name)

    def name(self) -> str:
        """Return the name."""
        return self._name

    def read(self, most: int) -> bytes:
        """Return the content."""
        return f"content of {self._name}".encode()[:most]

    def same(self, other: bindings.File) -> bool:
        """Compare names."""
        return self._name == other.name()

    def duplicate(self) -> DiskFile:
        """Return the same object."""
        return self


class Lines:
    """A journal of the application."""

    def write(self, line: str) -> None:
        """Write nowhere."""


class Disk:
    """The interface `files`."""

    File = DiskFile
    Journal = Lines

    def journal_of_application(self) -> Lines:
        """Return a journal."""
        return Lines()

    def total(self, files: list[bindings.File]) -> int:
        """Add up the lengths of names."""
        return sum(len(file.name()) for file in files)

    def keep(self, files: list[bindings.File], last: bindings.File | None) -> int:
        """Count what is given away."""
        return len(files) + (last is not None)


@pytest.fixture
def plugin() -> Iterator[bindings.Resources]:
    """Give a running guest."""
    component = componium.load(guest("resources-rust"))
    with bindings.Resources.instantiate(component, files=Disk()) as started:
        yield started


def test_handles_of_guests(plugin: bindings.Resources) -> None:
    """Constructor, methods and static functions are typed; a handle is a context manager."""
    with plugin.counters.Counter(5) as counter:
        assert assert_type(counter.add(amount=3), int) == 8
        merged = assert_type(plugin.counters.Counter.merge(counter, plugin.counters.Counter(1)), bindings.Counter)
        assert merged.value() == 9
    componium.drop(merged)
    assert plugin.counters.alive() == 0


def test_handles_inside_values(plugin: bindings.Resources) -> None:
    """Records that hold handles are of the declared class too."""
    pair = assert_type(plugin.counters.make_pair(1, 2), bindings.Pair)
    assert type(pair) is bindings.Pair
    assert plugin.counters.sum([pair.first], pair.second) == 3


def test_resources_of_the_application(plugin: bindings.Resources) -> None:
    """The application's class serves the guest, and its objects come back as they are."""
    assert plugin.counters.read(DiskFile("a")) == b"content of a"
    assert isinstance(plugin.counters.make_file("b"), DiskFile)
    assert plugin.counters.open("c") == "c"
    with pytest.raises(componium.GuestError, match="absent"):
        plugin.counters.open("absent")
