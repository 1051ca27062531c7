"""C into a component."""

from pathlib import Path

from componium import toolchain

from componium_sdk import _flags, _tools
from componium_sdk._builders._builder import Compiled, Job
from componium_sdk._builders._component import componentize, encoder
from componium_sdk._builders._units import Generated, compile_project, headers, included, link
from componium_sdk._project import Project


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
        bindings = Generated(job, "bindings", toolchain.bindings_c)
        units = compile_project(job, bindings, _flags.C_FLAGS)
        job.report("linking; the first time on a machine zig builds its C library, about 20 seconds")
        files = (*(unit.object for unit in units), *bindings.objects)
        target = job.folder / f"{job.project.name}.core.wasm"
        core = link(job, (*_flags.C_FLAGS, *_flags.C_LINK_FLAGS), files, units, target)
        return Compiled(componentize(core, job.project), included(job, units), "".join(unit.warnings for unit in units))
