"""Python: componentize-py runs the plugin's top level once and takes a picture of the interpreter."""

from pathlib import Path

from componium_sdk import _tools
from componium_sdk._builders._builder import Compiled, Job
from componium_sdk._diagnostics import _traceback
from componium_sdk._process import run
from componium_sdk._project import Project

_ENVIRONMENT: dict[str, str | None] = {
    # Only the project's folder goes into a plugin. The tool would add the site-packages of an environment that it finds
    # through these two.
    "VIRTUAL_ENV": None,
    "PATH": "",
    # Stacks of the tool itself hide the one that matters.
    "RUST_BACKTRACE": "0",
}


class PythonBuilder:
    """Builds the manifest's module, and what it imports from beside it, into one component."""

    def settings(self, project: Project) -> dict[str, str]:
        """The tool's version and the module."""
        return {"componentize-py": _tools.version("componentize-py"), "app": str(project.app)}

    def prepare(self, job: Job) -> None:
        """Nothing: componentize-py is a dependency of this package."""

    def inputs(self, job: Job) -> list[Path]:
        """The project and its contract."""
        return [job.project.folder, job.project.wit]

    def compile(self, job: Job) -> Compiled:
        """Run the tool."""
        project = job.project
        target = job.folder / f"{project.name}.wasm"
        folders = [project.folder]
        command = (
            *(*_tools.COMPONENTIZE_PY, "-d", project.wit, "-w", project.world, "componentize", str(project.app)),
            *(word for folder in folders for word in ("-p", folder)),
            *("-o", target),
        )
        job.report("componentizing with CPython, about 5 seconds")
        finished = run(command, folder=job.folder, environment=_ENVIRONMENT)
        if finished.code != 0:
            app = project.folder / f"{project.app}.py"
            error = _traceback.first_error(finished.stderr, folders, app)
            raise error.error("componentize-py", _traceback.python_output(finished.stderr, folders))
        return Compiled(target.read_bytes())
