"""Resources of guests as Python objects, and Python objects as resources of the host."""

from __future__ import annotations

import gc
import inspect
import pickle
import sys
import threading
import weakref
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import componium
import pytest
from componium import ClosedError, GuestError, ImportsError, Resource, ResourceError, Trap, TypeMismatch

from .conftest import guest, native_guest

if TYPE_CHECKING:
    from collections.abc import Iterator

MAPS = Path("/proc/self/maps")
WORKERS = () if sys.platform == "win32" else ("worker-c",)


class File:
    """A file of the application, as the contract wants it."""

    dropped: list[str]

    def __init__(self, name: str) -> None:
        """Open, or create."""
        self._name = name
        File.dropped = getattr(File, "dropped", [])

    @staticmethod
    def open(name: str) -> File:
        """Open a file that must exist."""
        if name == "secret":
            raise GuestError(Files.problem.Denied())
        if name == "absent":
            raise GuestError(Files.problem.NotFound(name))
        if name == "broken":
            message = "the disk is broken"
            raise OSError(message)
        return File(name)

    def name(self) -> str:
        """Return the name."""
        return self._name

    def read(self, most: int) -> bytes:
        """Return the content."""
        return f"content of {self._name}".encode()[:most]

    def same(self, other: File) -> bool:
        """Compare names."""
        return self._name == other._name

    def duplicate(self) -> File:
        """Return the same object: the guest then holds two handles of it."""
        return self

    def drop(self) -> None:
        """Hear that the guest let go of a handle."""
        File.dropped.append(self._name)


class Journal:
    """Lines."""

    lines: tuple[str, ...] = ()

    def write(self, line: str) -> None:
        """Add a line."""
        Journal.lines += (line,)


class Files:
    """The interface `files`."""

    File = File
    Journal = Journal
    problem: Any = None

    def __init__(self) -> None:
        """Keep nothing."""
        self.kept: list[Any] = []
        File.dropped = []
        Journal.lines = ()

    def journal_of_application(self) -> Any:
        """Return a journal."""
        return Journal()

    def total(self, files: list[Any]) -> int:
        """Add up the lengths of names."""
        return sum(len(file.name()) for file in files)

    def keep(self, files: list[Any], last: Any) -> int:
        """Keep files that the guest gives away."""
        self.kept += [*files, *([last] if last else [])]
        return len(self.kept)


@pytest.fixture(scope="session", params=["wasm-rust", "wasm-c", "native-rust", "native-c", *WORKERS])
def component(request: pytest.FixtureRequest) -> componium.Component:
    """Give the plugin with counters, tickets and the use of files: a component, a library, one in a worker."""
    kind, _, language = request.param.partition("-")
    path = guest(f"resources-{language}") if kind == "wasm" else native_guest(f"resources-{language}")
    component = componium.load(path, trust=kind != "wasm")
    if kind == "worker":
        component.instantiate = partial(component.instantiate, worker=True)  # type: ignore[method-assign]
    Files.problem = component.imports[0].types["Problem"]
    return component


@pytest.fixture
def files() -> Files:
    """Give the host's side."""
    return Files()


@pytest.fixture
def instance(component: componium.Component, files: Files) -> Iterator[componium.Instance]:
    """Give an instance."""
    with component.instantiate({"files": files}) as instance:
        yield instance


@pytest.fixture
def counters(instance: componium.Instance) -> Any:
    """Give the interface with the guest's resources."""
    return instance.counters


def test_constructor_methods_and_static_functions(counters: Any) -> None:
    """A resource is a class: its constructor makes handles, which have methods; keyword arguments work too."""
    counter = counters.Counter(start=5)
    assert isinstance(counter, counters.Counter)
    assert isinstance(counter, Resource)
    assert (counter.add(3), counter.add(amount=2), counter.value()) == (8, 10, 10)
    assert counter.is_(10) is True
    other = counters.Counter(30)
    counter.absorb(other)
    assert (counter.value(), other.value()) == (40, 30)
    merged = counters.Counter.merge(counter, other)
    assert isinstance(merged, counters.Counter)
    assert merged.value() == 70
    assert counters.alive() == 1


def test_class_is_described(component: componium.Component, counters: Any) -> None:
    """The class and its functions say what they are, in the words of the WIT, whose comments only libraries carry."""
    plain = "Resource `counter` of `test:resources/counters@0.1.0`."
    assert counters.Counter.__doc__ == (plain if component.kind == "wasm" else "A number that can be counted up.")
    assert counters.Counter.add.wit == "counter.add: func(amount: u32) -> u32"
    assert counters.Counter.merge.wit == "counter.merge: static func(a: counter, b: counter) -> counter"
    assert {"Counter", "Ticket", "alive"} <= set(dir(counters))
    assert repr(counters.Counter(1)) == "<Counter held>"
    assert str(inspect.signature(counters.make_pair)) == "(first, second)"
    assert str(inspect.signature(counters.Counter(1).add)) == "(amount)"
    assert str(inspect.signature(counters.Counter.merge)) == "(a, b)"
    assert inspect.isclass(counters.Counter)


def test_no_constructor(counters: Any) -> None:
    """A resource without a constructor cannot be made, only received."""
    with pytest.raises(TypeError, match="the resource Ticket has no constructor"):
        counters.Ticket()
    tickets = counters.tickets(3)
    assert [ticket.number() for ticket in tickets] == [0, 1, 2]
    assert counters.alive() == 3


def test_handles_inside_values(counters: Any) -> None:
    """Handles cross in records, options and lists, given away and lent."""
    pair = counters.make_pair(1, 2)
    assert (pair.first.value(), pair.second.value()) == (1, 2)
    assert counters.make_pair(1, None).second is None
    assert counters.sum([pair.first, pair.first, pair.second], None) == 4
    assert counters.sum([pair.first], pair.second) == 3
    with pytest.raises(ResourceError, match=r"counters.counter.value\(\): self: this counter was given to the guest"):
        pair.second.value()
    assert counters.alive() == 1


def test_context_manager_and_drop(counters: Any) -> None:
    """A handle is dropped once: by `with`, by `drop`, or by nobody referring to it; using it then is an error."""
    with counters.Counter(1) as counter:
        assert counters.alive() == 1
    assert counters.alive() == 0
    with pytest.raises(ResourceError, match=r"^counters.counter.value\(\): self: this counter was dropped$"):
        counter.value()
    counter.drop()
    componium.drop(counter)
    assert repr(counter) == "<Counter dropped or given away>"
    forgotten = counters.Counter(2)
    assert counters.alive() == 1
    del forgotten
    assert counters.alive() == 0


def test_garbage_collector_drops(counters: Any) -> None:
    """A handle in a cycle is dropped when the collector finds it."""
    cycle: list[Any] = [counters.Counter(1)]
    cycle.append(cycle)
    del cycle
    gc.collect()
    assert counters.alive() == 0


def test_given_away(counters: Any) -> None:
    """What is given to the guest cannot be used, given or dropped again; twice in one call is refused before it."""
    a, b = counters.Counter(1), counters.Counter(2)
    with pytest.raises(ResourceError, match=r"merge\(\): b: this counter is given away twice in one call"):
        counters.Counter.merge(a, a)
    with pytest.raises(ResourceError, match=r"sum\(\): extra: this counter is lent and given away in one call"):
        counters.sum([a], a)
    assert (a.value(), b.value()) == (1, 2)
    counters.Counter.merge(a, b).drop()
    for handle in (a, b):
        with pytest.raises(ResourceError, match="was given to the guest"):
            handle.add(1)
        handle.drop()
    assert counters.alive() == 0


def test_failed_conversion_keeps_handles(counters: Any) -> None:
    """Where a later argument is refused, what was to be given away stays."""
    counter = counters.Counter(1)
    with pytest.raises(TypeMismatch, match=r"sum\(\): counters\[0\]: expected a handle of counter, got int"):
        counters.sum([7], counter)
    with pytest.raises(TypeMismatch, match=r"merge\(\): b: expected a handle of counter, got str 'b'"):
        counters.Counter.merge(counter, "b")
    assert counter.value() == 1


def test_other_types(counters: Any, files: Files) -> None:
    """A handle of another resource, or an object of another class, is refused with its path."""
    (ticket,) = counters.tickets(1)
    with pytest.raises(TypeMismatch, match="expected a handle of counter, got Ticket"):
        counters.sum([ticket], None)
    with pytest.raises(TypeMismatch, match=r"counters.read\(\): file: expected File, got Journal"):
        counters.read(files.journal_of_application())
    with pytest.raises(TypeMismatch, match="expected a handle of counter"):
        counters.Counter.value(File("no counter"))


def test_other_instance(component: componium.Component, counters: Any) -> None:
    """A handle belongs to its instance."""
    with component.instantiate({"files": Files()}) as other:
        stranger = other.counters.Counter(1)
        with pytest.raises(ResourceError, match=r"sum\(\): counters\[0\]: this counter belongs to another instance"):
            counters.sum([stranger], None)
        assert not isinstance(stranger, counters.Counter)


def test_after_the_instance(component: componium.Component) -> None:
    """After its instance ended, a handle is dropped quietly, and calls say what happened."""
    instance = component.instantiate({"files": Files()})
    counter, other = instance.counters.Counter(1), instance.counters.Counter(2)
    instance.close()
    with pytest.raises(ClosedError, match="was closed"):
        counter.value()
    counter.drop()
    del other
    with pytest.raises(ClosedError, match="was closed"):
        instance.counters.Counter(3)


def test_destructor_that_traps(component: componium.Component) -> None:
    """A trap in a destructor ends the instance, and reaches whoever drops; other handles are dropped quietly then."""
    instance = component.instantiate({"files": Files()})
    counter = instance.counters.Counter(1)
    ticket = instance.counters.cursed_ticket()
    with pytest.raises(Trap, match=r"counters.ticket.drop\(\)"):
        ticket.drop()
    assert not instance.running
    counter.drop()
    ticket.drop()


def test_failure_outside_the_sandbox_says_why(component: componium.Component) -> None:
    """A panic in Rust, `componium_trap` in C, or an exception in Python reaches the caller with its message."""
    instance = component.instantiate({"files": Files()})
    ticket = instance.counters.cursed_ticket()
    with pytest.raises(Trap) as caught:
        ticket.drop()
    assert ("this ticket is cursed" in str(caught.value)) == (component.kind != "wasm")


def test_thread_that_ends(component: componium.Component) -> None:
    """Nothing of a guest runs after its instance, not even for what it keeps in a variable of a thread that ends."""
    dropped: list[list[str]] = []

    def work() -> None:
        with component.instantiate({"files": Files()}) as instance:
            instance.counters.keep_file(File("kept"))
        dropped.append(list(File.dropped))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert dropped == [File.dropped]


@pytest.mark.skipif(not MAPS.exists(), reason="only Linux lists what a process has mapped")
def test_library_is_unloaded(component: componium.Component) -> None:
    """An instance's copy of a library goes with it, whatever the guest keeps in variables of the thread."""
    gc.collect()
    before = MAPS.read_text().count("componium-")
    for _instance in range(3):
        with component.instantiate({"files": Files()}) as instance:
            instance.counters.keep_file(File("kept"))
            here = component.kind == "native" and not isinstance(component.instantiate, partial)
            assert (MAPS.read_text().count("componium-") > before) == here
    assert MAPS.read_text().count("componium-") == before


def test_destructor_that_traps_unheard(component: componium.Component, monkeypatch: pytest.MonkeyPatch) -> None:
    """A trap in a destructor that the collector runs is reported to `sys.unraisablehook`."""
    heard: list[BaseException] = []
    monkeypatch.setattr("sys.unraisablehook", lambda unraisable: heard.append(unraisable.exc_value))
    instance = component.instantiate({"files": Files()})
    ticket = instance.counters.cursed_ticket()
    del ticket
    (error,) = heard
    assert isinstance(error, Trap)
    assert not instance.running


def test_dropped_during_a_call(component: componium.Component) -> None:
    """A handle that a host function drops waits for the end of the call; one that is lent cannot be dropped."""

    class Dropping(File):
        def read(self, most: int) -> bytes:
            handle.drop()
            return super().read(most)

    with component.instantiate({"files": Files()}) as instance:
        handle = instance.counters.Counter(1)
        instance.counters.read(Dropping("any"))
        assert instance.counters.alive() == 0
        handle = instance.counters.Counter(2)
        with pytest.raises(ResourceError, match="this counter is lent to a call under way, so it cannot be dropped"):
            handle.read(Dropping("any"))


def test_cycles_are_collected(component: componium.Component) -> None:
    """An instance whose host functions refer to it, its class and its handles is freed, handles and all."""
    files = Files()
    instance = component.instantiate({"files": files})
    files.instance = instance  # type: ignore[attr-defined]
    files.handles = instance.counters.tickets(3), instance.counters.Counter  # type: ignore[attr-defined]
    gone = weakref.ref(files)
    del files, instance
    gc.collect()
    assert gone() is None


def test_host_objects(counters: Any, files: Files) -> None:
    """Objects of the application's classes are made, called, lent and kept by the guest; it drops each handle once."""
    assert counters.exercise_host() == ["[true, false, true]", "4", "3"]
    assert [file.name() for file in files.kept] == ["a", "bb", "ccc"]
    assert Journal.lines == ("three files",)
    assert File.dropped == ["a"]  # the duplicate; what was kept was given back, not dropped


def test_host_object_comes_back(counters: Any) -> None:
    """An object given to the guest comes back as itself, and is alive as long as the guest holds it."""
    file = File("kept")
    counters.keep_file(file)
    assert counters.give_back() is file
    assert counters.give_back() is None
    gone = weakref.ref(file)
    counters.keep_file(file)
    del file
    assert gone() is not None
    counters.keep_file(File("next"))
    assert gone() is None
    assert File.dropped == ["kept"]
    made = counters.make_file("new")
    assert (type(made), made.name()) == (File, "new")


def test_lent_host_object(counters: Any) -> None:
    """An object that is lent is released when the call ends."""
    file = File("lent")
    assert counters.read(file) == b"content of lent"
    gone = weakref.ref(file)
    del file
    assert gone() is None
    assert File.dropped == []


def test_static_function_and_errors(component: componium.Component) -> None:
    """Errors of host functions cross as the contract says; any other exception ends the call and reaches the caller."""
    instance = component.instantiate({"files": Files()})
    counters = instance.counters
    assert counters.open("file") == "file"
    for name, expected in {"secret": "Denied", "absent": '"absent"'}.items():
        with pytest.raises(GuestError) as caught:
            counters.open(name)
        assert expected in caught.value.value
    with pytest.raises(OSError, match="the disk is broken"):
        counters.open("broken")
    assert not instance.running


def test_everything_missing_is_listed(component: componium.Component) -> None:
    """Classes, functions and methods that are missing or wrong are listed together, with what was probably meant."""

    class Incomplete:
        def __init__(self) -> None:
            """Take no name."""

        def nam(self) -> str:
            return ""

        async def read(self, most: int) -> bytes:
            return b"" * most

        same = duplicate = open = lambda *_: None

    with pytest.raises(ImportsError) as caught:
        component.instantiate({"files": {"File": Incomplete, "Jornal": Journal, "keep": len, "total": len}})
    text = "\n".join(caught.value.problems)
    assert len(caught.value.problems) == 6
    assert "test:resources/files@0.1.0: Journal: missing; did you mean `Jornal`?" in text
    assert "Incomplete'> cannot be called with (name) (file: constructor(name: string) -> file)" in text
    assert "Incomplete.name: missing; did you mean `nam`? (file.name: func() -> string)" in text
    assert "read: a coroutine function" in text
    assert "journal_of_application: missing" in text
    assert "keep: <built-in function len> cannot be called with (files, last)" in text


def test_threads_share_handles(counters: Any) -> None:
    """Threads may use and drop handles of one instance at any time; nothing is dropped twice."""
    shared = counters.Counter(0)

    def work() -> None:
        for _ in range(200):
            with counters.Counter(1) as own:
                shared.absorb(own)
            forgotten = counters.Counter(5)
            del forgotten

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shared.value() == 800
    assert counters.alive() == 1


def test_handles_are_not_pickled(counters: Any) -> None:
    """A handle cannot leave its process."""
    with pytest.raises(TypeError, match="a handle of Counter cannot be pickled: its resource lives in a guest"):
        pickle.dumps(counters.Counter(1))
