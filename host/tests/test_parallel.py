"""Many threads at once: on one instance, on instances of their own, on values that change under the bridge's hands.

On a free-threaded Python they run at the same time; elsewhere they take turns, and the same must hold.
"""

from __future__ import annotations

import contextlib
import gc
import sys
import sysconfig
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import componium
import pytest
from componium import ClosedError, Err, GuestError, Ok, ResourceError, TypeMismatch

from .conftest import guest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

THREADS = 8
ROUNDS = 200

# A component that imports a record of a name that the test chooses.
RECORD = """
(component
  (type $types (instance
    (type $record (record (field "a" u32)))
    (export "NAME" (type (eq $record)))))
  (import "test:parallel/types" (instance (type $types))))
"""


class Echoes:
    """The functions that `test:values` imports: each returns what the guest passes."""

    def __getattr__(self, name: str) -> Callable[[Any], Any]:
        """Give the function for any name of the interface."""
        del name
        return lambda *values: values[0] if values else None


class File:
    """A resource of the host."""

    def __init__(self, name: str) -> None:
        """Open, or create."""
        self._name = name

    @classmethod
    def open(cls, name: str) -> File:
        """Open a file."""
        return cls(name)

    def name(self) -> str:
        """Return the name."""
        return self._name

    def read(self, most: int) -> bytes:
        """Return the content."""
        return self._name.encode()[:most]

    def same(self, other: File) -> bool:
        """Compare."""
        return self is other

    def duplicate(self) -> File:
        """Return the same object."""
        return self


class Journal:
    """Another."""

    def write(self, line: str) -> None:
        """Forget the line."""


class Files:
    """The interface `files` of `test:resources`."""

    File = File
    Journal = Journal

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Give functions that no test here calls."""
        return lambda *arguments: (name, arguments)


@pytest.fixture
def echoes(values: componium.Component) -> Iterator[Any]:
    """Give the exports of an instance."""
    with values.instantiate({"echoes": Echoes()}) as instance:
        yield instance.echoes


@pytest.fixture(scope="module")
def resources() -> componium.Component:
    """Give the component with counters."""
    return componium.load(guest("resources-rust"))


@pytest.fixture
def counters(resources: componium.Component) -> Iterator[Any]:
    """Give the interface with the guest's resources."""
    with resources.instantiate({"files": Files()}) as instance:
        yield instance.counters


def together(*functions: Callable[[], object]) -> list[object]:
    """Run functions in a thread each, all from the same moment on, and raise what any of them raises.

    Returns:
        What they return.
    """
    start = threading.Barrier(len(functions))

    def run(function: Callable[[], object]) -> object:
        start.wait(timeout=60)
        return function()

    with ThreadPoolExecutor(len(functions)) as pool:
        return list(pool.map(run, functions))


def cross(echoes: Any, mark: int) -> None:
    """Pass values of many types that no other thread passes, and check that they come back."""
    text = f"thread {mark} \N{WATER WAVE}" * 10
    for turn in range(ROUNDS):
        number = mark << 32 | turn
        shapes = [echoes.Shape.Circle(turn), echoes.Shape.Label(text)]
        assert echoes.echo_u64(number) == number
        assert echoes.echo_string(text) == text
        assert echoes.echo_bytes(bytes([mark]) * 1000) == bytes([mark]) * 1000
        assert echoes.echo_strings([text, str(turn)]) == [text, str(turn)]
        assert echoes.echo_shapes(shapes) == shapes
        point = echoes.echo_point({"x": turn, "y": -mark})
        assert (point.x, point.y) == (turn, -mark)
        assert echoes.echo_result(Ok(mark)) == mark
        with pytest.raises(GuestError):
            echoes.echo_result(Err(text))


def test_package_needs_no_lock_of_the_interpreter() -> None:
    """Importing it leaves a free-threaded Python free-threaded."""
    locked = getattr(sys, "_is_gil_enabled", lambda: True)()
    assert locked is not bool(sysconfig.get_config_var("Py_GIL_DISABLED"))


def test_one_instance(echoes: Any) -> None:
    """Calls of one instance wait for each other: none sees another's values."""
    together(*[partial(cross, echoes, mark) for mark in range(THREADS)])


def test_an_instance_each(values: componium.Component) -> None:
    """Instances of one component are made and called at the same time."""

    def live(mark: int) -> None:
        with values.instantiate({"echoes": Echoes()}) as instance:
            cross(instance.echoes, mark)

    together(*[partial(live, mark) for mark in range(THREADS)])


def test_classes_of_types_are_the_same_in_all_threads(text: Callable[..., componium.Component]) -> None:
    """Components that are loaded at the same time share the classes of their types, so that values compare equal."""
    for turn in range(ROUNDS // 20):
        source = RECORD.replace("NAME", f"record{turn}")

        def load(source: str = source, name: str = f"Record{turn}") -> type:
            return text(source, cache=False).imports[0].types[name]

        assert len(set(together(*[load] * THREADS))) == 1


def test_resources(counters: Any) -> None:
    """Handles are made and dropped by many threads, each exactly once."""

    def count(mark: int) -> None:
        for turn in range(ROUNDS):
            with counters.Counter(turn) as counter:
                assert counter.add(mark) == turn + mark
            counters.Counter(turn)  # dropped by nobody referring to it
            assert counters.read(File(str(mark))) == str(mark).encode()

    together(*[partial(count, mark) for mark in range(THREADS)])
    gc.collect()
    assert counters.alive() == 0


def test_one_handle(counters: Any) -> None:
    """Of many threads that drop a handle, or give it away, one does; the others hear of it or do nothing."""
    for _ in range(ROUNDS):
        counter, other = counters.Counter(1), counters.Counter(2)
        given: list[object] = []

        def give(counter: Any = counter, given: list[object] = given) -> None:
            try:
                given.append(counters.sum([], counter))
            except ResourceError:
                given.append(None)

        together(counter.drop, give, counter.drop, give, partial(componium.drop, other), other.drop)
        assert given.count(1) <= 1
        assert counters.alive() == 0


def test_lent_handles(counters: Any) -> None:
    """A handle that one thread lends may meanwhile be lent by others; one that is dropped then is not lent at all."""
    for _ in range(ROUNDS):
        counter = counters.Counter(7)

        def use(counter: Any = counter) -> bool:
            try:
                return bool(counters.sum([counter, counter], None) == 14)
            except ResourceError:
                return True

        def drop(counter: Any = counter) -> bool:
            try:
                counter.drop()
            except ResourceError as error:
                return "lent" in str(error)
            return True

        assert all(together(use, use, use, drop))
        counter.drop()
        assert counters.alive() == 0


def test_values_that_change_meanwhile(echoes: Any) -> None:
    """A list, a dict or a buffer that another thread changes is passed as it was at some moment, or refused."""
    items: list[Any] = ["a"] * 100
    fields: dict[str, Any] = {"x": 1, "y": 2}
    data = bytearray(1000)
    done = threading.Event()

    def change() -> None:
        for turn in range(ROUNDS * 20):
            items[turn % 50] = "b" * (turn % 7)
            items.append("c")
            del items[60:]
            fields["x"] = turn
            fields.pop("y", None)
            fields["y"] = turn
            data[turn % 1000] = turn % 256
        done.set()

    def grow() -> None:
        while not done.is_set():
            try:
                data.extend(b"more")
                del data[1000:]
            except BufferError:
                continue  # it is being passed

    def use() -> None:
        while not done.is_set():
            assert set(map(type, echoes.echo_strings(items))) == {str}
            assert len(echoes.echo_bytes(data)) in {1000, 1004}
            with contextlib.suppress(TypeMismatch):  # `y` was missing at that moment
                assert type(echoes.echo_point(fields).x) is int

    together(change, grow, use, use)


def test_close_while_others_call(values: componium.Component) -> None:
    """A call is made in full or refused."""
    for _ in range(ROUNDS // 10):
        instance = values.instantiate({"echoes": Echoes()})
        echoes = instance.echoes

        def call(echoes: Any = echoes) -> int:
            for turn in range(ROUNDS):
                try:
                    assert echoes.echo_u32(turn) == turn
                except ClosedError:
                    return turn
            return ROUNDS

        together(call, call, instance.close, call)
        assert not instance.running


def test_errors_stay_in_their_threads(values: componium.Component) -> None:
    """What a host function raises reaches the caller in whose thread it was called."""

    def fail(mark: int) -> None:
        def echo_u32(value: int) -> int:
            if value:
                return value
            raise LookupError(mark)

        for _ in range(ROUNDS // 10):
            host = Echoes()
            host.echo_u32 = echo_u32  # type: ignore[attr-defined]
            echoes = values.instantiate({"echoes": host}).echoes
            assert echoes.echo_u32(mark + 1) == mark + 1
            with pytest.raises(LookupError) as caught:
                echoes.echo_u32(0)
            assert caught.value.args == (mark,)

    together(*[partial(fail, mark) for mark in range(THREADS)])


def test_garbage_is_collected_meanwhile(values: componium.Component) -> None:
    """The collector looks at instances in use and frees those that nobody has, whatever other threads do."""
    done = threading.Event()

    def collect() -> None:
        while not done.is_set():
            gc.collect()

    def work(mark: int) -> None:
        for _ in range(ROUNDS // 10):
            host = Echoes()
            instance = values.instantiate({"echoes": host})
            host.instance = instance  # type: ignore[attr-defined]  # a cycle
            assert instance.echoes.echo_strings([str(mark)] * 3) == [str(mark)] * 3

    def work_all() -> None:
        try:
            together(*[partial(work, mark) for mark in range(THREADS)])
        finally:
            done.set()

    together(collect, work_all)
