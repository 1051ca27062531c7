"""Instances of native plugins: apart from each other, and shared by threads."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from componium import ClosedError

from .build import load

if TYPE_CHECKING:
    from pathlib import Path

    from componium import Component, Instance

    from .conftest import Store


def test_each_instance_has_its_own_variables(component: Component, store: Store) -> None:
    """Static variables of the library are those of one instance."""
    first, second = (component.instantiate({"store": store}).api for _ in range(2))
    assert [first.count() for _ in range(3)] == [1, 2, 3]
    assert second.count() == 1
    assert first.count() == 4


def test_replaced_file(library: Path, store: Store, tmp_path: Path) -> None:
    """Instances are of the file that was loaded, whatever is at its path by then."""
    copied = tmp_path / "plugin.so"
    copied.write_bytes(library.read_bytes())
    component = load(copied)
    copied.write_bytes(b"something else")
    assert component.instantiate({"store": store}).api.count() == 1


def test_threads_share_an_instance(api: Any) -> None:
    """Calls of one instance never overlap, however many threads make them."""
    with ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(api.count) for _ in range(400)]
        counts = [call.result() for call in calls]
    assert sorted(counts) == list(range(1, 401))


def test_threads_with_instances_of_their_own(component: Component, store: Store) -> None:
    """Instances are independent of each other."""

    def work(_: int) -> int:
        api = component.instantiate({"store": type(store)()}).api
        for _ in range(50):
            api.call_log_slowly("line")
        return int(api.count())

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(8))) == [1] * 8


def test_closed(instance: Instance) -> None:
    """A closed instance refuses calls, and closing it again does nothing."""
    instance.close()
    instance.close()
    with pytest.raises(ClosedError, match="was closed"):
        instance.api.add(1, 2)


@pytest.mark.skipif(sys.platform != "linux", reason="tells open libraries by the maps of the process, which Linux has")
def test_closing_unloads_the_library(component: Component, store: Store) -> None:
    """Nothing of an instance stays, neither in memory nor on disk."""

    def loaded() -> int:
        with open("/proc/self/maps", encoding="utf-8") as maps:  # noqa: PTH123  # no file
            return len({line.split()[5] for line in maps if "componium-" in line and ".so" in line})

    before = loaded()
    instances = [component.instantiate({"store": store}) for _ in range(5)]
    assert loaded() == before + 5
    for instance in instances:
        instance.close()
    assert loaded() == before


def test_unwritable_folder(component: Component, store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where no copy of the library can be written, the error says so."""
    for variable in ("TMPDIR", "TMP", "TEMP"):
        monkeypatch.setenv(variable, str(tmp_path / "absent"))
    with pytest.raises(FileNotFoundError, match="a copy of the library cannot be written"):
        component.instantiate({"store": store})
