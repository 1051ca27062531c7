"""Many builds at once."""

import os
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from componium_sdk._build import Built, build, title_of
from componium_sdk._errors import ProjectError, SdkError
from componium_sdk._kind import Kind
from componium_sdk._project import Language, Project, load_project


class Listener(Protocol):
    """Hears of a batch's builds, from several threads at once."""

    def started(self, title: str) -> None:
        """A build starts."""
        ...

    def progressed(self, title: str, line: str) -> None:
        """A build says what it does."""
        ...

    def finished(self, built: Built) -> None:
        """A build has its artifact."""
        ...

    def failed(self, title: str, error: SdkError) -> None:
        """A build has ended without."""
        ...


@dataclass(frozen=True, slots=True)
class Task:
    """One build of a batch.

    Attributes:
        folder: The project.
        output: The folder for its artifact.
        kind: What to build it into.
    """

    folder: Path
    output: Path
    kind: Kind = Kind.WASM


@dataclass(frozen=True, slots=True)
class Failure:
    """A build that has ended without an artifact.

    Attributes:
        folder: The project.
        title: What it is called in reports.
        error: Why.
    """

    folder: Path
    title: str
    error: SdkError

    @property
    def headline(self) -> str:
        """The error in one line: place, tool, message."""
        return str(self.error).split("\n", 1)[0]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch, in the order of its tasks.

    Attributes:
        built: The artifacts.
        failures: The builds that have none.
    """

    built: tuple[Built, ...]
    failures: tuple[Failure, ...]


def build_all(tasks: Sequence[Task], *, work: Path, listener: Listener) -> Outcome:
    """Build many projects; one that fails does not stop the others.

    Rust projects run one after another, since they share cargo's folder, which cargo locks; beside them run the others,
    whose tools use one processor each.

    Args:
        tasks: What to build where.
        work: The folder for everything in between.
        listener: Hears how it goes.

    Returns:
        All artifacts and failures.
    """
    with ThreadPoolExecutor(1) as rust, ThreadPoolExecutor(max(1, (os.cpu_count() or 2) - 1)) as others:
        try:
            lanes = _Lanes(rust, others, work, listener)
            results = [future.result() for future in [lanes.submit(task) for task in tasks]]
        except BaseException:  # an interrupt: what has not started will not
            rust.shutdown(cancel_futures=True)
            others.shutdown(cancel_futures=True)
            raise
    return Outcome(
        tuple(result for result in results if isinstance(result, Built)),
        tuple(result for result in results if isinstance(result, Failure)),
    )


@dataclass(slots=True)
class _Lanes:
    """Hands each build to the executor of its language, and sees that no two write one artifact."""

    rust: Executor
    others: Executor
    work: Path
    listener: Listener
    artifacts: dict[Path, Project] = field(default_factory=dict)

    def submit(self, task: Task) -> Future[Built | Failure]:
        try:
            project = load_project(task.folder)
            self._claim(project, task.output.resolve() / project.artifact(task.kind))
        except SdkError as error:
            return self.others.submit(_fail, task.folder, task.folder.name, error, self.listener)
        lane = self.rust if project.language is Language.RUST else self.others
        return lane.submit(_build, project, task, self.work, self.listener)

    def _claim(self, project: Project, artifact: Path) -> None:
        first = self.artifacts.setdefault(artifact, project)
        if first is not project:
            raise ProjectError(
                project.manifest, "plugin.name", f"{first.manifest} builds {artifact} too", "Rename one of the plugins."
            )


def _build(project: Project, task: Task, work: Path, listener: Listener) -> Built | Failure:
    title = title_of(project, task.kind)

    def report(line: str) -> None:
        listener.progressed(title, line)

    listener.started(title)
    try:
        built = build(project, task.output, kind=task.kind, work=work, report=report)
    except SdkError as error:
        return _fail(project.folder, title, error, listener)
    listener.finished(built)
    return built


def _fail(folder: Path, title: str, error: SdkError, listener: Listener) -> Failure:
    listener.failed(title, error)
    return Failure(folder, title, error)
