"""Many builds at once."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from componium_sdk import BuildError, Built, Language, ProjectError, SdkError, Task, build_all

MakeProject = Callable[[Language, dict[str, str]], Path]


class Recorder:
    """A listener that notes what it hears."""

    def __init__(self) -> None:
        self.events: list[tuple[str, str]] = []
        self.lock = threading.Lock()

    def note(self, event: str, title: str) -> None:
        """Note one event."""
        with self.lock:
            self.events.append((event, title))

    def started(self, title: str) -> None:
        """Note it."""
        self.note("started", title)

    def progressed(self, title: str, line: str) -> None:
        """Note it, if it says anything."""
        assert line
        self.note("progressed", title)

    def finished(self, built: Built) -> None:
        """Note it."""
        self.note("finished", built.project.title)

    def failed(self, title: str, error: SdkError) -> None:
        """Note it."""
        assert str(error)
        self.note("failed", title)


def test_one_failure_does_not_stop_the_others(make_project: MakeProject, c_project: Path, tmp_path: Path) -> None:
    """Every project is tried; results come in the order of the tasks."""
    broken = make_project(Language.RUST, {"Cargo.toml": "[package]\n", "src/lib.rs": ""})
    folders = [broken, tmp_path / "absent", c_project]
    listener = Recorder()

    outcome = build_all([Task(folder, tmp_path / "out") for folder in folders], work=tmp_path / "w", listener=listener)

    assert [built.project.title for built in outcome.built] == ["greeter-c"]
    assert [type(failure.error) for failure in outcome.failures] == [BuildError, ProjectError]
    assert [failure.folder for failure in outcome.failures] == folders[:2]
    assert {event for event in listener.events if event[0] != "progressed"} == {
        *(("started", "greeter-rust"), ("failed", "greeter-rust")),
        ("failed", "absent"),
        *(("started", "greeter-c"), ("finished", "greeter-c")),
    }


def test_namesakes(c_project: Path, tmp_path: Path) -> None:
    """Two projects of one name build side by side into two folders, and are refused for one."""
    namesake = tmp_path / "namesake"
    shutil.copytree(c_project, namesake)
    outputs = [tmp_path / "one", tmp_path / "two"]
    apart = [Task(folder, output) for folder, output in zip((c_project, namesake), outputs, strict=True)]
    together = [Task(folder, outputs[0]) for folder in (c_project, namesake)]

    for fresh in (False, True):
        outcome = build_all(apart, work=tmp_path / "w", listener=Recorder())
        assert [built.fresh for built in outcome.built] == [fresh, fresh]

    outcome = build_all(together, work=tmp_path / "w", listener=Recorder())
    assert len(outcome.built) == 1
    assert f"{c_project / 'componium.toml'} builds {outputs[0] / 'greeter-c.wasm'} too" in str(
        outcome.failures[0].error
    )
