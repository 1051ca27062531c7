"""Native and Python plugins in worker processes, through the interface of all kinds."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import componium
import pytest

from host.tests.conftest import ROOT
from host.tests.kinds.conftest import LAUNCHER, library

if TYPE_CHECKING:
    from pathlib import Path

    from host.tests.conftest import LauncherHost

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no worker processes on Windows")

SOURCES = {
    "native": library("echo-c"),
    "project": str(ROOT / "sdk-guests" / "plugins" / "echo" / "python"),
    "file": str(ROOT / "sdk-guests" / "plugins" / "echo" / "python" / "echo.py"),
}

FAULTY = """
import os, time

class Runner:
    def get_trigger(self):
        return str(os.getpid())

    def handle(self, query):
        if query == "abort":
            os.abort()
        if query == "sleep":
            time.sleep(60)
        if query == "environment":
            return [{"name": name, "exec": "", "keywords": ""} for name in sorted(os.environ) if name.startswith("MY_")]
        return []
"""


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_calls_are_the_same(source: str, launcher_host: LauncherHost) -> None:
    """A plugin in a worker answers, and calls the application, as in this process."""
    component = componium.load(source, contract=LAUNCHER, trust=True)
    with component.instantiate({"host": launcher_host}, worker=True) as instance:
        assert instance.runner.handle(">a")[0].name == "a"
    assert launcher_host.lines == [("debug", "echo: 1 bytes")]


def test_options_hold_in_workers(tmp_path: Path, launcher_host: LauncherHost) -> None:
    """Deadline and environment hold, a crash is contained, and what does not hold is refused there too."""
    path = tmp_path / "faulty.py"
    path.write_text(FAULTY)
    faulty = componium.load(path, contract=LAUNCHER, trust=True)
    imports = {"host": launcher_host}
    with faulty.instantiate(imports, worker=True, environment={"MY_NAME": "x"}) as instance:
        assert instance.runner.get_trigger() != str(os.getpid())
        assert [item.name for item in instance.runner.handle("environment")] == ["MY_NAME"]
        with pytest.raises(componium.WorkerCrashed):
            instance.runner.handle("abort")
        assert not instance.running
    with (
        faulty.instantiate(imports, worker=True, deadline=0.5) as instance,
        pytest.raises(componium.DeadlineExceeded),
    ):
        instance.runner.handle("sleep")
    with pytest.raises(componium.NotEnforceable, match=r"grants cannot be enforced .* in a worker process"):
        faulty.instantiate(imports, worker=True, grants=[])
