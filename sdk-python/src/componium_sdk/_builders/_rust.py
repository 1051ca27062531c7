"""Rust into a component: cargo builds a core module, as it would anywhere; only the target is arranged for it."""

from pathlib import Path

from componium_sdk import _flags
from componium_sdk._builders._builder import Compiled, Job
from componium_sdk._builders._component import componentize, encoder
from componium_sdk._builders._package import Package
from componium_sdk._project import Project
from componium_sdk._rust._linker import write_linker
from componium_sdk._rust._target import Target, find_target, prepare_target


class RustBuilder:
    """Builds the `cdylib` of the Cargo.toml beside the manifest into a component."""

    def settings(self, project: Project) -> dict[str, str]:
        """The compiler, the standard library and the flags."""
        target = find_target(project.folder)
        return {
            "componium": encoder(),
            "flags": " ".join(_flags.RUST_FLAGS),
            "target": target.identity if target else "none",
        }

    def prepare(self, job: Job) -> None:
        """Find or make the WebAssembly target."""
        prepare_target(job.project.folder, job.report)

    def inputs(self, job: Job) -> list[Path]:
        """All that cargo reads of the project, and the contract."""
        target = prepare_target(job.project.folder, job.report)
        return Package(job, target.compiler, _flags.RUST_TARGET).inputs()

    def compile(self, job: Job) -> Compiled:
        """Run cargo, and make its module a component."""
        target = prepare_target(job.project.folder, job.report)
        package = Package(job, target.compiler, _flags.RUST_TARGET)
        module = package.build(("build",), _rust_flags(target, job), ".wasm")
        return Compiled(componentize(module.path.read_bytes(), job.project), module.inputs, module.warnings)


def _rust_flags(target: Target, job: Job) -> tuple[str, ...]:
    """The compiler's flags: the code's shape, and where library and linker are."""
    flags = list(_flags.RUST_FLAGS)
    if target.sysroot:
        flags.append(f"--sysroot={target.sysroot}")
    if not target.compiler.has_linker:
        flags.append("-Clinker-flavor=wasm-ld")
        flags.append(f"-Clinker={write_linker(job.shared)}")
    return tuple(flags)
