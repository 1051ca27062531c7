"""C: compiled by zig, which is clang with a libc for every target, in one Python package."""

from dataclasses import dataclass, replace
from pathlib import Path

import componium
from componium import toolchain

from componium_sdk import _flags, _tools
from componium_sdk._builders._builder import Compiled, Job
from componium_sdk._builders._component import componentize, encoder
from componium_sdk._builders._makefile import prerequisites
from componium_sdk._diagnostics import _clang
from componium_sdk._errors import BuildError, Place, ProjectError
from componium_sdk._files import write_atomically
from componium_sdk._process import Finished, run
from componium_sdk._project import Project

_SHIPPED_HEADERS = Path(__file__).parents[1] / "_data" / "c"
_REPOSITORY_HEADERS = Path(__file__).parents[4] / "sdk-guests" / "c"


def headers() -> Path:
    """The folder of the headers for plugins: inside the wheel, or the repository's own in an editable install."""
    return _SHIPPED_HEADERS if _SHIPPED_HEADERS.is_dir() else _REPOSITORY_HEADERS


class CBuilder:
    """Builds every `.c` file beside the manifest, and the bindings of the world, into one component."""

    def settings(self, project: Project) -> dict[str, str]:  # noqa: ARG002 - all C projects share them
        """The compiler's version and flags."""
        flags = (*_flags.C_FLAGS, *_flags.C_WARNINGS, *_flags.C_LINK_FLAGS)
        return {"componium": encoder(), "ziglang": _tools.version("ziglang"), "flags": " ".join(flags)}

    def prepare(self, job: Job) -> None:
        """Nothing: zig is a dependency of this package."""

    def inputs(self, job: Job) -> list[Path]:
        """The project, its contract and the headers for plugins."""
        return [job.project.folder, job.project.wit, headers()]

    def compile(self, job: Job) -> Compiled:
        """Generate bindings, compile each file, link, and make it a component."""
        sources = sorted(job.project.folder.glob("*.c"))
        if not sources:
            raise ProjectError(
                job.project.manifest, "plugin.language", "no .c file beside it", "Put the plugin's sources there."
            )
        bindings = _write_bindings(job)
        units = [
            *(_compile(job, source, bindings.folder, _flags.C_WARNINGS) for source in sources),
            *(_compile(job, source, bindings.folder, ("-w",)) for source in bindings.sources),
        ]
        core = _link(job, units, bindings.objects)
        included = {path for unit in units for path in prerequisites(unit.makefile, job.project.folder)}
        further = sorted(path for path in included if job.shared not in path.parents)
        return Compiled(componentize(core, job.project), tuple(further), "".join(unit.warnings for unit in units))


class _Bindings:
    """The generated bindings of a world, in a folder of their own."""

    def __init__(self, folder: Path, files: dict[str, bytes]) -> None:
        self.folder = folder
        for name, content in files.items():
            write_atomically(folder / name, content)
        self.sources = sorted(folder / name for name in files if name.endswith(".c"))
        self.objects = sorted(folder / name for name in files if name.endswith(".o"))


def _write_bindings(job: Job) -> _Bindings:
    project = job.project
    job.report(f"generating bindings of {project.world}")
    try:
        return _Bindings(job.folder / "bindings", toolchain.bindings_c(project.wit, project.world))
    except componium.Error as error:
        raise BuildError("componium", f"no bindings of `{project.world}`", str(error), Place(project.wit)) from error


@dataclass(frozen=True, slots=True)
class _Unit:
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


def _compile(job: Job, source: Path, bindings: Path, warnings: tuple[str, ...]) -> _Unit:
    job.report(f"compiling {source.name}")
    unit = _Unit(source, job.folder / "objects" / f"{source.stem}.o")
    unit.object.parent.mkdir(exist_ok=True)
    command: tuple[str | Path, ...] = (
        *(*_tools.ZIG, "cc", *_flags.C_FLAGS, *warnings),
        f"-ffile-prefix-map={job.project.folder}=.",  # no path of this machine in __FILE__
        *("-I", bindings, "-I", headers()),
        *("-MMD", "-MF", unit.makefile),
        *("-c", source, "-o", unit.object),
    )
    finished = run(command, folder=job.project.folder)
    _check(finished, job, {})
    return replace(unit, warnings=finished.stderr)


def _link(job: Job, units: list[_Unit], objects: list[Path]) -> bytes:
    job.report("linking; the first time on a machine zig builds its C library, about 20 seconds")
    target = job.folder / f"{job.project.name}.core.wasm"
    files = (*(unit.object for unit in units), *objects)
    command: tuple[str | Path, ...] = (*_tools.ZIG, "cc", *_flags.C_FLAGS, *_flags.C_LINK_FLAGS, *files, "-o", target)
    _check(run(command, folder=job.folder), job, {unit.object.name: unit.source for unit in units})
    return target.read_bytes()


def _check(finished: Finished, job: Job, sources: dict[str, Path]) -> None:
    if finished.code != 0:
        raise _clang.first_error(finished.output, job.project.folder, sources).error("zig cc", finished.output)
