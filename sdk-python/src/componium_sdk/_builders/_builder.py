"""What every language's builder does."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from componium_sdk._process import Report
from componium_sdk._project import Project


@dataclass(frozen=True, slots=True)
class Job:
    """One build of one project.

    Attributes:
        project: The project.
        folder: For what lies between this project's sources and its artifact; exists.
        shared: For what projects share, such as compiled dependencies.
        exclude: Files and folders that are results, not inputs, wherever they lie.
        report: Gets lines of progress.
    """

    project: Project
    folder: Path
    shared: Path
    exclude: tuple[Path, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class Compiled:
    """What came out of a compiler.

    Attributes:
        artifact: The bytes of the component or the shared library.
        further_inputs: Files that turned out to matter, beyond the builder's `inputs`; absolute.
        warnings: What the compiler said all the same.
    """

    artifact: bytes
    further_inputs: tuple[Path, ...] = ()
    warnings: str = ""


class Builder(Protocol):
    """Builds the projects of one language into one kind. It has no state: what it learns lies in the job's folders."""

    def settings(self, project: Project) -> dict[str, str]:
        """What the result depends on besides files: tool versions, flags. Quick, and without effects."""
        ...

    def prepare(self, job: Job) -> None:
        """Get the tools ready that are not.

        Raises:
            MissingToolError: One cannot be had; the error says what to install.
        """
        ...

    def inputs(self, job: Job) -> list[Path]:
        """The files and folders that the result depends on, absolute.

        Raises:
            BuildError: The project does not say, for a mistake in it.
        """
        ...

    def compile(self, job: Job) -> Compiled:
        """Build.

        Raises:
            BuildError: The source has an error.
            ProjectError: Something that the manifest promises is not there.
        """
        ...
