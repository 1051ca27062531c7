"""Many builds at once."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from componium_sdk._build import Built, build
from componium_sdk._errors import SdkError
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
    """

    folder: Path
    output: Path


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
            waiting = [_submit(task, work, listener, {Language.RUST: rust}, others) for task in tasks]
            results = [future.result() for future in waiting]
        except BaseException:  # an interrupt: what has not started will not
            rust.shutdown(cancel_futures=True)
            others.shutdown(cancel_futures=True)
            raise
    return Outcome(
        tuple(result for result in results if isinstance(result, Built)),
        tuple(result for result in results if isinstance(result, Failure)),
    )


def _submit(
    task: Task, work: Path, listener: Listener, lanes: Mapping[Language, Executor], others: Executor
) -> Future[Built | Failure]:
    try:
        project = load_project(task.folder)
    except SdkError as error:
        return others.submit(_fail, task.folder, task.folder.name, error, listener)
    return lanes.get(project.language, others).submit(_build, project, task.output, work, listener)


def _build(project: Project, output: Path, work: Path, listener: Listener) -> Built | Failure:
    listener.started(project.title)
    try:
        built = build(project, output, work=work, report=lambda line: listener.progressed(project.title, line))
    except SdkError as error:
        return _fail(project.folder, project.title, error, listener)
    listener.finished(built)
    return built


def _fail(folder: Path, title: str, error: SdkError, listener: Listener) -> Failure:
    listener.failed(title, error)
    return Failure(folder, title, error)
