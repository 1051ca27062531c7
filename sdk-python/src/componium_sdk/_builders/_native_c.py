"""C into a shared library."""

import platform
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from componium import toolchain

from componium_sdk import _flags, _tools
from componium_sdk._builders._builder import Compiled, Job
from componium_sdk._builders._component import encoder
from componium_sdk._builders._library import c_flags, link_flags, link_library
from componium_sdk._builders._units import Generated, compile_project, headers, included
from componium_sdk._project import Project


@dataclass(frozen=True, slots=True)
class NativeCBuilder:
    """Builds every `.c` file beside the manifest, bindings and glue into one shared library.

    Attributes:
        march_native: Whether to use all instructions of this very processor.
    """

    march_native: bool

    def settings(self, project: Project) -> dict[str, str]:  # noqa: ARG002 - all C projects share them
        """The compiler's version and flags, and for this very processor, which."""
        flags = (*self._flags(), *_flags.C_WARNINGS, *link_flags())
        settings = {"componium": encoder(), "ziglang": _tools.version("ziglang"), "flags": " ".join(flags)}
        return {**settings, "processor": processor()} if self.march_native else settings

    def prepare(self, job: Job) -> None:
        """Nothing: zig is a dependency of this package."""

    def inputs(self, job: Job) -> list[Path]:
        """The project, its contract and the headers for plugins."""
        return [job.project.folder, job.project.wit, headers()]

    def compile(self, job: Job) -> Compiled:
        """Generate bindings, compile each file, and link them with the glue."""
        bindings = Generated(job, "bindings", partial(toolchain.bindings_c, native=True))
        units = compile_project(job, bindings, self._flags())
        library = link_library(job, tuple(unit.object for unit in units), units)
        return Compiled(library, included(job, units), "".join(unit.warnings for unit in units))

    def _flags(self) -> tuple[str, ...]:
        return (*c_flags(), *(_flags.MARCH_NATIVE_C_FLAGS if self.march_native else ()))


def processor() -> str:
    """What tells this machine's processor from another's, roughly: results for one are not built again on it."""
    return f"{platform.node()} {platform.processor()}"
