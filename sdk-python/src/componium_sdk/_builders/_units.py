"""C sources, compiled one by one by zig, which is clang with a libc for every target, in one Python package."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import componium

from componium_sdk import _flags, _tools
from componium_sdk._builders._builder import Job
from componium_sdk._builders._makefile import prerequisites
from componium_sdk._diagnostics import _clang
from componium_sdk._errors import BuildError, Place, ProjectError
from componium_sdk._files import write_atomically
from componium_sdk._process import Finished, run

_SHIPPED_HEADERS = Path(__file__).parents[1] / "_data" / "c"
_REPOSITORY_HEADERS = Path(__file__).parents[4] / "sdk-guests" / "c"


def headers() -> Path:
    """The folder of the headers for plugins: inside the wheel, or the repository's own in an editable install."""
    return _SHIPPED_HEADERS if _SHIPPED_HEADERS.is_dir() else _REPOSITORY_HEADERS


class Generated:
    """Files that were generated from a world, in a folder of their own.

    Args:
        job: The build.
        name: The folder, and what reports call them.
        generate: What makes them of a contract and the name of a world.

    Raises:
        BuildError: There are none of this world.
    """

    def __init__(self, job: Job, name: str, generate: Callable[[Path, str], Mapping[str, bytes]]) -> None:
        project = job.project
        job.report(f"generating {name} of {project.world}")
        try:
            files = generate(project.wit, project.world)
        except componium.Error as error:
            raise BuildError("componium", f"no {name} of `{project.world}`", str(error), Place(project.wit)) from error
        self.folder = job.folder / name
        for file, content in files.items():
            write_atomically(self.folder / file, content)
        self.sources = sorted(self.folder / file for file in files if file.endswith(".c"))
        self.objects = sorted(self.folder / file for file in files if file.endswith(".o"))


@dataclass(frozen=True, slots=True)
class Unit:
    """A compiled source file.

    Attributes:
        source: The source.
        object: What it was compiled into.
        warnings: What the compiler said.
    """

    source: Path
    object: Path
    warnings: str = ""

    @property
    def makefile(self) -> Path:
        """The list of files that it includes."""
        return self.object.with_suffix(".d")


def compile_project(job: Job, bindings: Generated, flags: tuple[str, ...]) -> list[Unit]:
    """Compile every `.c` file beside the manifest, and the bindings.

    Raises:
        BuildError: A source has an error.
        ProjectError: There is no source.
    """
    sources = sorted(job.project.folder.glob("*.c"))
    if not sources:
        raise ProjectError(
            job.project.manifest, "plugin.language", "no .c file beside it", "Put the plugin's sources there."
        )
    include = (*flags, "-I", str(bindings.folder), "-I", str(headers()))
    return [
        *(compile_file(job, source, (*include, *_flags.C_WARNINGS)) for source in sources),
        *(compile_file(job, source, (*include, "-w")) for source in bindings.sources),
    ]


def compile_file(job: Job, source: Path, flags: tuple[str, ...]) -> Unit:
    """Compile one source.

    Raises:
        BuildError: It has an error.
    """
    job.report(f"compiling {source.name}")
    # Apart from those of generated sources, one of which is named after the world.
    folder = source.parent if job.folder in source.parents else job.folder / "objects"
    folder.mkdir(exist_ok=True)
    unit = Unit(source, folder / f"{source.stem}.o")
    command: tuple[str | Path, ...] = (
        *(*_tools.ZIG, "cc", *flags),
        f"-ffile-prefix-map={job.project.folder}=.",  # no path of this machine in __FILE__
        f"-ffile-prefix-map={job.folder}=.",
        *("-MMD", "-MF", unit.makefile),
        *("-c", source, "-o", unit.object),
    )
    finished = run(command, folder=job.project.folder)
    _check(finished, job, ())
    return replace(unit, warnings=finished.stderr)


def link(job: Job, flags: tuple[str, ...], files: tuple[Path, ...], units: list[Unit], target: Path) -> bytes:
    """Link compiled files.

    Args:
        job: The build.
        flags: The compiler's and the linker's flags.
        files: What to link.
        units: Those among them whose source an error can name.
        target: The result's file, inside the job's folder.

    Returns:
        The result.

    Raises:
        BuildError: A symbol is missing.
    """
    command: tuple[str | Path, ...] = (*_tools.ZIG, "cc", *files, *flags, "-o", target)
    _check(run(command, folder=job.folder), job, units)
    return target.read_bytes()


def included(job: Job, units: list[Unit]) -> tuple[Path, ...]:
    """The files that sources include, without generated ones."""
    found = {path for unit in units for path in prerequisites(unit.makefile, job.project.folder)}
    return tuple(sorted(path for path in found if job.shared not in path.parents))


def _check(finished: Finished, job: Job, units: list[Unit] | tuple[()]) -> None:
    if finished.code != 0:
        # Of two of one name the plugin's own comes first.
        sources = {unit.object.name: unit.source for unit in reversed(units)}
        raise _clang.first_error(finished.output, job.project.folder, sources).error("zig cc", finished.output)
