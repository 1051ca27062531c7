"""Rust into a shared library: cargo builds an archive for this machine, which is linked with the glue."""

from dataclasses import dataclass
from pathlib import Path

from componium_sdk import _flags, _tools
from componium_sdk._builders._builder import Compiled, Job
from componium_sdk._builders._component import encoder
from componium_sdk._builders._library import c_flags, link_flags, link_library
from componium_sdk._builders._native_c import processor
from componium_sdk._builders._package import Package
from componium_sdk._errors import BuildError, MissingToolError, Place
from componium_sdk._platform import this_platform
from componium_sdk._project import Project
from componium_sdk._rust._compiler import MINIMUM, Compiler, compilers
from componium_sdk._rust._target import find_target

# Makes the bindings native; crate componium-guest.
_FEATURE = "componium-guest/native"


@dataclass(frozen=True, slots=True)
class NativeRustBuilder:
    """Builds the package beside the manifest and the glue of its world into one shared library.

    Attributes:
        march_native: Whether to use all instructions of this very processor.
    """

    march_native: bool

    def settings(self, project: Project) -> dict[str, str]:
        """The compilers and their flags, and for this very processor, which."""
        flags = (*self._flags(), *c_flags(), *link_flags())
        settings = {
            "componium": encoder(),
            "ziglang": _tools.version("ziglang"),
            "rust": _compiler(project.folder).identity,
            "flags": " ".join(flags),
        }
        return {**settings, "processor": processor()} if self.march_native else settings

    def prepare(self, job: Job) -> None:
        """Nothing: a compiler for WebAssembly is one for its own machine."""

    def inputs(self, job: Job) -> list[Path]:
        """All that cargo reads of the project, and the contract."""
        return _package(job).inputs()

    def compile(self, job: Job) -> Compiled:
        """Run cargo, and link its archive with the glue."""
        suffix = ".lib" if this_platform().suffix == ".dll" else ".a"
        archive = _package(job).build(("rustc", "--crate-type", "staticlib"), self._flags(), suffix)
        try:
            library = link_library(job, (archive.path,), [], this_platform().rust_libraries)
        except BuildError as error:
            if "componium_export_" not in error.message:
                raise
            remedy = f"{error.output}\n\nIts source must use componium_guest::generate! and export! a type."
            message = f"the package lacks functions of `{job.project.world}`"
            raise BuildError("componium", message, remedy, Place(job.project.manifest)) from error
        return Compiled(library, archive.inputs, archive.warnings)

    def _flags(self) -> tuple[str, ...]:
        return _flags.MARCH_NATIVE_RUST_FLAGS if self.march_native else ()


def _package(job: Job) -> Package:
    compiler = _compiler(job.project.folder)
    return Package(job, compiler, compiler.host, (_FEATURE,))


def _compiler(folder: Path) -> Compiler:
    """The compiler of the component, where there is one: so dependencies are compiled once, and the kinds compare.

    Raises:
        MissingToolError: There is no compiler at all.
    """
    if target := find_target(folder):
        return target.compiler
    if found := compilers(folder):
        return found[0]
    raise MissingToolError("rustc", f"no Rust {MINIMUM[0]}.{MINIMUM[1]} or newer", "Install Rust with rustup.")
