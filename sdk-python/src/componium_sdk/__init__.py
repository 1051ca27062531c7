"""Builds plugins for Componium from Rust, C and Python: WebAssembly components, and native libraries.

`build` builds one project, `build_all` many; `python -m componium_sdk --help` does the same from a shell.
"""

from componium_sdk._batch import Failure, Listener, Outcome, Task, build_all
from componium_sdk._build import Built, build
from componium_sdk._console import Progress
from componium_sdk._description import describe
from componium_sdk._errors import BuildError, MissingToolError, Place, ProjectError, SdkError
from componium_sdk._kind import Kind
from componium_sdk._project import Language, Project, load_project

__all__ = [
    "BuildError",
    "Built",
    "Failure",
    "Kind",
    "Language",
    "Listener",
    "MissingToolError",
    "Outcome",
    "Place",
    "Progress",
    "Project",
    "ProjectError",
    "SdkError",
    "Task",
    "build",
    "build_all",
    "describe",
    "load_project",
]
