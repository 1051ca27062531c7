"""What a recorder writes down."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import componium
import pytest
from componium._recording.reader import read_recordings
from componium.parity import Call, Failed, HostCall, Raised, Returned

from host.tests.conftest import ROOT, guest

if TYPE_CHECKING:
    from pathlib import Path

    from componium.parity import Trace

WORK, JOURNAL = "test:parity/work@0.1.0#", "test:parity/journal@0.1.0#"


class Journal:
    """What the guest imports."""

    def __init__(self) -> None:
        """Note nothing yet."""
        self.lines: list[str] = []

    def note(self, line: str) -> None:
        """Keep a line, unless it is a bad one."""
        if line == "bad":
            raise ValueError("no such word")
        self.lines.append(line)

    def separator(self) -> str:
        """Give what stands between words."""
        return ", "


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the file that is recorded into."""
    return tmp_path / "calls.jsonl"


@pytest.fixture(scope="module")
def plugin() -> componium.Component:
    """Give the plugin that is recorded."""
    return componium.load(guest("parity-correct-c"))


def record(plugin: componium.Component, path: Path, **options: Any) -> componium.Instance:
    """Start a recorded instance."""
    return componium.record(plugin, path, **options).instantiate({"journal": Journal()})


def traces(path: Path) -> list[Trace]:
    """Read the calls of the only instance."""
    [recording] = read_recordings(path)
    return recording.instances[0]


def test_calls_of_the_application_are_in_order(plugin: componium.Component, path: Path) -> None:
    """A call has everything that the application did for it, and goes on as it would without."""
    assert record(plugin, path).work.join(words=["a", "ü"]) == "a, ü"
    [trace] = traces(path)
    assert trace.call == Call(f"{WORK}join", (["a", "ü"],))
    assert trace.outcome == Returned("a, ü")
    assert trace.host_calls == (
        HostCall(f"{JOURNAL}note", ("a",), Returned()),
        HostCall(f"{JOURNAL}separator", (), Returned(", ")),
        HostCall(f"{JOURNAL}note", ("ü",), Returned()),
    )
    assert trace.seconds > 0


def test_errors_are_recorded(plugin: componium.Component, path: Path) -> None:
    """The error case of a result has its payload; an exception of the application has its class and message."""
    instance = record(plugin, path)
    with pytest.raises(componium.GuestError):
        instance.work.parse("1x")
    with pytest.raises(ValueError, match="no such word"):
        instance.work.join(["bad"])
    failed, raised = traces(path)
    assert failed.outcome == Failed({"not-a-digit": 1})
    assert raised.outcome == raised.host_calls[0].outcome == Raised("ValueError", "no such word")


def test_refused_calls_are_not_recorded(plugin: componium.Component, path: Path) -> None:
    """What the plugin never saw is not in the recording."""
    instance = record(plugin, path)
    with pytest.raises(TypeError):
        instance.work.parse(3)
    with pytest.raises(TypeError):
        instance.work.parse("1", "2")
    instance.close()
    with pytest.raises(componium.ClosedError):
        instance.work.parse("1")
    assert not read_recordings(path)[0].instances


def test_handles_are_numbers(plugin: componium.Component, path: Path) -> None:
    """Constructors, methods and drops of a resource are recorded; a second drop does nothing, and is not."""
    work = record(plugin, path).work
    with work.Tally(1) as first, work.Tally(start=2) as second:
        assert second.add(amount=3) == 5
        assert first.add(1) == 2
    componium.drop(first)
    assert [(trace.call.function.partition("#")[2], *trace.call.arguments) for trace in traces(path)] == [
        ("[constructor]tally", 1),
        ("[constructor]tally", 2),
        ("[method]tally.add", 1, 3),
        ("[method]tally.add", 0, 1),
        ("[drop]tally", 1),
        ("[drop]tally", 0),
    ]


def test_functions_look_the_same(plugin: componium.Component, path: Path) -> None:
    """A recorded function has the name, the WIT and the signature of the plain one."""
    recorded = record(plugin, path).work.parse
    plain = plugin.instantiate({"journal": Journal()}).work.parse
    for attribute in ("__name__", "__qualname__", "wit"):
        assert getattr(recorded, attribute) == getattr(plain, attribute)


def test_the_file_is_private_and_text(plugin: componium.Component, path: Path) -> None:
    """Each line is JSON; the first says what was recorded, and nobody else may read it."""
    record(plugin, path).work.greatest([1])
    header, call = map(json.loads, path.read_text(encoding="ascii").splitlines())
    assert header == {"componium-recording": 1, "plugin": "parity-correct-c.wasm", "wit": plugin.wit, "world": "root"}
    assert set(call) == {"instance", "function", "arguments", "host", "result", "seconds"}
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o600


def test_several_recorders_write_behind_each_other(plugin: componium.Component, path: Path) -> None:
    """What a file has is kept, and each recorder counts its own instances."""
    for number in (1, 2):
        with componium.record(plugin, path) as recorder:
            recorder.instantiate({"journal": Journal()}).work.greatest([number])
            recorder.instantiate({"journal": Journal()}).work.greatest([number])
    found = read_recordings(path)
    assert [[*recording.instances] for recording in found] == [[0, 1], [0, 1]]


def test_nothing_is_recorded_after_the_end(plugin: componium.Component, path: Path) -> None:
    """An instance goes on without its recorder."""
    with componium.record(plugin, path) as recorder:
        instance = recorder.instantiate({"journal": Journal()})
    assert instance.work.greatest([7]) == 7
    assert not read_recordings(path)[0].instances


def test_threads_share_a_recorder(plugin: componium.Component, path: Path) -> None:
    """Lines of several threads never mix, and each call has its own calls of the application."""
    recorder = componium.record(plugin, path)

    def work(word: str) -> None:
        instance = recorder.instantiate({"journal": Journal()})
        for _ in range(50):
            instance.work.join([word, word])

    threads = [threading.Thread(target=work, args=(word,)) for word in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [recording] = read_recordings(path)
    assert sorted(map(len, recording.instances.values())) == [50] * 4
    for trace in (trace for calls in recording.instances.values() for trace in calls):
        [word, _] = trace.call.arguments[0]
        assert [call.arguments for call in trace.host_calls] == [(word,), (), (word,)]


def test_files_are_limited_and_rotated(plugin: componium.Component, path: Path) -> None:
    """A full file makes room for the next one; the oldest go, and each can be read alone."""
    instance = record(plugin, path, limit=2_000, keep=2)
    for number in range(60):
        instance.work.greatest([number])
    names = sorted(each.name for each in path.parent.iterdir())
    assert names == ["calls.jsonl", "calls.jsonl.1", "calls.jsonl.2"]
    numbers = [
        trace.call.arguments[0][0]
        for name in reversed(names)
        for recording in read_recordings(path.with_name(name))
        for trace in recording.instances.get(0, [])
    ]
    assert numbers == list(range(numbers[0], 60))
    assert all(path.with_name(name).stat().st_size <= 2_000 for name in names)


KILLED = """
import os, signal, sys, componium
with componium.record(componium.load(sys.argv[1]), sys.argv[2]) as recorder:
    work = recorder.instantiate({"journal": {"note": lambda line: os.kill(os.getpid(), signal.SIGKILL),
                                             "separator": lambda: ""}}).work
    work.greatest([1, 2])
    work.join(["the end"])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no signal that ends a process at once")
def test_a_killed_process_loses_the_call_under_way_alone(path: Path) -> None:
    """What was recorded before a process ends in any way is there."""
    command = [sys.executable, "-c", KILLED, str(guest("parity-correct-c")), str(path)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert [trace.outcome for trace in traces(path)] == [Returned(2)]


def test_a_line_that_was_cut_off_is_passed_over(plugin: componium.Component, path: Path) -> None:
    """The last line before the end of a process may be half; the next recorder begins a new one."""
    record(plugin, path).work.greatest([1])
    path.write_bytes(path.read_bytes()[:-20])
    record(plugin, path).work.greatest([2])
    first, second = read_recordings(path)
    assert not first.instances
    assert second.instances[0][0].outcome == Returned(2)


HEADER = b'{"componium-recording": 1, "plugin": "p", "wit": "", "world": ""}\n'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"[]\n", ":1: no line of a recording: no JSON object"),
        (HEADER.replace(b": 1,", b": 2,"), ":1: .* version 2 of the format; this version of Componium reads 1"),
        (HEADER + b"{}\n" + HEADER * 2 + b'{"instance": 0}\n{}\n', ":5: no line of a recording: 'function' is missing"),
        (
            b'{"instance": 0, "function": "f", "arguments": [], "host": [], "result": 1, "seconds": 1}\n',
            ":1: a recording",
        ),
    ],
    ids=["empty", "list", "version", "call", "header"],
)
def test_what_is_no_recording_is_refused(path: Path, content: bytes, message: str) -> None:
    """The error has file, line and problem."""
    path.write_bytes(content)
    with pytest.raises(ValueError, match=message):
        read_recordings(path)


def test_resources_of_the_application_are_refused(path: Path) -> None:
    """Objects of the application cannot be written down."""
    recorder = componium.record(componium.load(guest("resources-rust")), path)
    with pytest.raises(componium.UnsupportedType, match="imports resources of the application"):
        recorder.instantiate({"files": {}})


def test_an_instance_is_refused(plugin: componium.Component, path: Path) -> None:
    """What the application does for an instance is decided when it is made: the component is recorded."""
    instance: Any = plugin.instantiate({"journal": Journal()})
    with pytest.raises(TypeError, match="record a component, and use its instances: got Instance"):
        componium.record(instance, path)
