"""What can go wrong in a build, one class for each thing that a person does about it."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import componium


class SdkError(componium.Error):
    """Anything that stops a build.

    Attributes:
        exit_code: What the command line ends with.
    """

    exit_code: ClassVar[int] = 1


class ProjectError(SdkError):
    """A project's `componium.toml` is missing or wrong.

    Args:
        file: The manifest.
        key: The key at fault, such as `contract.wit`; None where the file as a whole is.
        problem: What is wrong.
        remedy: What to write instead.
    """

    exit_code = 3

    def __init__(self, file: Path, key: str | None, problem: str, remedy: str) -> None:
        super().__init__(file, key, problem, remedy)
        self.file = file
        self.key = key
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else str(self.file)
        return f"{place}: {self.problem}\n\n{self.remedy}"


class MissingToolError(SdkError):
    """A tool that the build needs is not on this machine, or does not work.

    Args:
        tool: The tool.
        problem: What is wrong with it.
        remedy: What to install, as a command where there is one.
    """

    exit_code = 4

    def __init__(self, tool: str, problem: str, remedy: str) -> None:
        super().__init__(tool, problem, remedy)
        self.tool = tool
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.tool}: {self.problem}\n\n{self.remedy}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a source something is.

    Attributes:
        file: The file.
        line: The line in it, counted from 1, where it is known.
        column: The column in the line, counted from 1, where it is known.
    """

    file: Path
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


class BuildError(SdkError):
    """A tool refused the plugin's source.

    Args:
        tool: The tool, such as `rustc`.
        message: Its first error, without the place.
        output: Everything that it said, as it said it.
        place: The place of the error, where the tool named one.
    """

    exit_code = 1

    def __init__(self, tool: str, message: str, output: str, place: Place | None = None) -> None:
        super().__init__(tool, message, output, place)
        self.tool = tool
        self.message = message
        self.output = output
        self.place = place

    def __str__(self) -> str:
        headline = f"{self.tool}: {self.message}"
        if self.place:
            headline = f"{self.place}: {headline}"
        return f"{headline}\n\n{self.output}" if self.output else headline
