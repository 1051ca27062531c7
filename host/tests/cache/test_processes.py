"""Processes and threads share the cache, and may end at any time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import componium
import pytest
from componium import _native

from .conftest import Warnings, entry, load, plugin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_LOAD = """
import sys, componium
wasm = open(sys.argv[1], "rb").read()
print("ready", flush=True)
sys.stdin.readline()
component = componium.load(wasm)
with component.instantiate() as instance:
    print(instance.answer(), component.cached, flush=True)
"""

PROCESSES = 8
PATIENCE = 60.0
"""Seconds for something to happen in another process, which takes a fraction of one."""


@contextmanager
def _ready(wasm: Path, count: int) -> Iterator[list[subprocess.Popen[str]]]:
    """Start processes that load a plugin when they are told to."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _LOAD, wasm],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(count)
    ]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def _go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def _wait(condition: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_while_it_compiles(folder: Path, tmp_path: Path) -> None:
    """Of 8 processes that load a new plugin, the one that compiles is killed: another one does it, and it is kept."""
    wasm = tmp_path / "plugin.wasm"
    wasm.write_bytes(plugin(1, functions=4000))
    with _ready(wasm, PROCESSES) as processes:
        first, *others = processes
        _go(first)
        _wait(lambda: [*folder.glob("*.turn")])
        for process in others:
            _go(process)
        time.sleep(0.1)  # for the others to reach the cache
        first.send_signal(signal.SIGKILL)
        assert first.wait() == -signal.SIGKILL
        assert not [*folder.glob("*.code")]
        outputs = [process.communicate() for process in others]
    assert [errors for _, errors in outputs] == [""] * len(others)
    answers = sorted(output for output, _ in outputs)
    assert answers[0] == "1 False\n"
    assert set(answers) <= {"1 False\n", "1 True\n"}
    assert componium.load(wasm).cached
    assert sorted(path.suffix for path in folder.iterdir()) == ["", ".code"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_at_any_time(folder: Path, tmp_path: Path, warnings: Warnings) -> None:
    """Whenever processes are killed, what they leave is sound, or not there."""
    wasm = tmp_path / "plugin.wasm"
    wasm.write_bytes(plugin(1, functions=200))
    for round_ in range(4):
        for path in folder.glob("*.code"):
            path.unlink()
        with _ready(wasm, PROCESSES) as processes:
            for process in processes:
                _go(process)
            for process in processes:
                time.sleep(0.005 * (round_ + 1))
                process.send_signal(signal.SIGKILL)
        assert [problem for _, _, problem in _native.Cache().verify()] in ([], [None])
        componium.load(wasm)
        assert componium.load(wasm).cached
    assert warnings.take() == []


def test_all_at_once(folder: Path, tmp_path: Path, warnings: Warnings) -> None:
    """Processes that load a new plugin at once compile it once."""
    wasm = tmp_path / "plugin.wasm"
    wasm.write_bytes(plugin(1))
    with _ready(wasm, PROCESSES) as processes:
        for process in processes:
            _go(process)
        outputs = [process.communicate() for process in processes]
    assert sorted(outputs) == [("1 False\n", ""), *[("1 True\n", "")] * (PROCESSES - 1)]
    assert componium.load(wasm).cached
    assert entry(folder).exists()
    assert warnings.take() == []


@pytest.mark.usefixtures("folder")
def test_threads() -> None:
    """So do threads, while the interpreter goes on."""
    with ThreadPoolExecutor(PROCESSES) as threads:
        found = [*threads.map(load, [1] * PROCESSES)]
    assert sorted(found) == [False] + [True] * (PROCESSES - 1)


@pytest.mark.skipif(sys.platform == "win32", reason="the lock is taken as other systems do")
def test_who_compiles_is_stuck(folder: Path, warnings: Warnings) -> None:
    """A process that holds the turn but never ends is waited for no longer than compiling takes."""
    import fcntl  # noqa: PLC0415  # not on Windows

    load(1)
    path = entry(folder)
    path.unlink()
    with path.with_suffix(".turn").open("wb") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        assert (load(1), load(1)) == (False, True)
        assert path.with_suffix(".turn").exists()
    assert warnings.take() == []


def test_leftovers_of_killed_processes(folder: Path) -> None:
    """What a process left that was killed while it compiled or wrote goes when the next entry is written."""
    load(1)
    name = "0" * 64
    leftovers = [folder / f"{name}.turn", folder / f"{name}.code.part", folder / f"{name}.aBc123.part"]
    for path in leftovers:
        path.write_bytes(b"")
    assert load(1)
    assert all(path.exists() for path in leftovers)
    assert not load(2)
    assert not any(path.exists() for path in leftovers)


def test_eviction_by_many(folder: Path, monkeypatch: pytest.MonkeyPatch, warnings: Warnings) -> None:
    """Threads that load more plugins than there is room for all get theirs, and the folder keeps its size."""
    load(10)
    size = 3 * entry(folder).stat().st_size
    monkeypatch.setenv("COMPONIUM_CACHE_SIZE", str(size))
    with ThreadPoolExecutor(PROCESSES) as threads:
        assert len([*threads.map(load, [*range(10, 18)] * 10)]) == 80
    assert sum(path.stat().st_size for path in folder.glob("*.code")) == size
    assert warnings.take() == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
def test_full_disk(folder: Path, tmp_path: Path) -> None:
    """A disk without room costs speed only: nothing half-written stays, and it is told once."""
    wasm = tmp_path / "plugin.wasm"
    wasm.write_bytes(plugin(1))
    full = (
        "import resource, sys, componium\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "found = [componium.load(sys.argv[1]).cached for _ in range(3)]\n"
        "print(found)\n"
    )
    finished = subprocess.run([sys.executable, "-c", full, wasm], capture_output=True, encoding="utf-8", check=True)
    assert finished.stdout == "[False, False, False]\n"
    assert finished.stderr == f"compiled code cannot be kept in {folder}: File too large (os error 27)\n"
    assert [path.name for path in folder.iterdir()] == ["lock"]
