"""The WebAssembly target: the first compiler and standard library that fit together.

In this order: a compiler that has the target; a sysroot that was built earlier; the target by rustup; a sysroot from a
compiler's sources; the same after installing such a compiler. What changes the machine happens once and is reported.
"""

from dataclasses import dataclass
from pathlib import Path

from componium_sdk import _tools
from componium_sdk._errors import MissingToolError
from componium_sdk._flags import RUST_TARGET
from componium_sdk._process import Report
from componium_sdk._rust import _packages, _rustup
from componium_sdk._rust._compiler import MINIMUM, Compiler, compilers
from componium_sdk._rust._sysroot import build_sysroot, sysroot_folder


@dataclass(frozen=True, slots=True)
class Target:
    """A compiler that can compile for WebAssembly.

    Attributes:
        compiler: The compiler.
        sysroot: The standard library's folder; None for the compiler's own.
    """

    compiler: Compiler
    sysroot: Path | None = None

    @property
    def identity(self) -> str:
        """What tells its output from that of others."""
        library = f", {self.sysroot.name}" if self.sysroot else ""
        linker = "" if self.compiler.has_linker else f", zig {_tools.version('ziglang')}"
        return f"{self.compiler.identity}{library}{linker}"


def find_target(folder: Path) -> Target | None:
    """The target that is ready for a project, if one is. Changes nothing.

    Args:
        folder: Where the project lies.
    """
    return _ready(compilers(folder))


def prepare_target(folder: Path, report: Report) -> Target:
    """Get a target ready for a project.

    Args:
        folder: Where the project lies.
        report: Gets lines of progress.

    Returns:
        The target.

    Raises:
        MissingToolError: There is no way; the error says what to install.
    """
    if target := find_target(folder):
        return target
    if _rustup.add_target(folder, report) and (target := find_target(folder)):
        return target
    if target := _from_sources(folder, report):
        return target
    if _packages.available():
        _packages.install_compiler(report)
        if target := _from_sources(folder, report):
            return target
    raise MissingToolError(
        "rustc",
        f"no Rust {MINIMUM[0]}.{MINIMUM[1]} or newer with the target {RUST_TARGET}",
        f"Install Rust with rustup, then run: {_rustup.COMMAND}",
    )


def _ready(found: list[Compiler]) -> Target | None:
    for compiler in found:
        if compiler.has_target:
            return Target(compiler)
    for compiler in found:
        if (folder := sysroot_folder(compiler)).is_dir():
            return Target(compiler, folder)
    return None


def _from_sources(folder: Path, report: Report) -> Target | None:
    for compiler in compilers(folder):
        if compiler.sources:
            return Target(compiler, build_sysroot(compiler, report))
    return None
