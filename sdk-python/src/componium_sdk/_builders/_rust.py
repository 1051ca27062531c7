"""Rust: cargo builds a core module, as it would anywhere; only the target's whereabouts are arranged for it."""

import json
import os
from pathlib import Path
from typing import Any

from componium_sdk import _flags
from componium_sdk._builders._builder import Compiled, Job
from componium_sdk._builders._component import componentize, encoder
from componium_sdk._builders._makefile import prerequisites
from componium_sdk._diagnostics import _cargo
from componium_sdk._errors import BuildError, Place, ProjectError
from componium_sdk._process import Finished, run
from componium_sdk._project import Project
from componium_sdk._rust._linker import write_linker
from componium_sdk._rust._target import Target, find_target, prepare_target

# cargo reads these from the project's folder and all above it.
_CARGO_FILES = (".cargo/config.toml", "rust-toolchain.toml", "rust-toolchain")


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
        """The package and the packages it depends on by path, the workspace's files, cargo's settings, the contract."""
        folder = job.project.folder
        if not _manifest(job.project).is_file():
            raise ProjectError(
                job.project.manifest, "plugin.language", "no Cargo.toml beside it", "Run: cargo init --lib"
            )
        metadata = _metadata(job)
        root = Path(metadata["workspace_root"])
        settings = [parent / name for parent in (folder, *folder.parents) for name in _CARGO_FILES]
        return [
            *_path_packages(metadata, _manifest(job.project)),
            *(root / name for name in ("Cargo.toml", "Cargo.lock")),
            *(file for file in settings if file.is_file()),
            job.project.wit,
        ]

    def compile(self, job: Job) -> Compiled:
        """Run cargo, and make its module a component."""
        target = prepare_target(job.project.folder, job.report)
        root = Path(_metadata(job)["workspace_root"])
        flags = _rust_flags(target, job, root)
        arguments = ("build", "--release", "--lib", "--target", _flags.RUST_TARGET, "--message-format", "json")
        finished = _cargo_run(job, target, (*arguments, "--target-dir", str(_target_folder(job)), *_config(flags)))
        if finished.code != 0:
            error = _cargo.first_error(finished.stdout, finished.stderr, root)
            output = _cargo.compiler_output(finished.stdout, "error") or finished.stderr
            raise error.error("rustc" if error.place else "cargo", output)
        module = _module(finished, job.project)
        component = componentize(module.read_bytes(), job.project)
        warnings = _cargo.compiler_output(finished.stdout, "warning")
        return Compiled(component, tuple(prerequisites(module.with_suffix(".d"), root)), warnings)


def _manifest(project: Project) -> Path:
    return project.folder / "Cargo.toml"


def _target_folder(job: Job) -> Path:
    """One for all Rust projects, so that dependencies are compiled once."""
    return job.shared / "cargo"


def _cargo_run(job: Job, target: Target, arguments: tuple[str, ...]) -> Finished:
    return run(
        (target.compiler.cargo, *arguments),
        folder=job.project.folder,
        environment={
            "RUSTC": str(target.compiler.path),
            # Flags in the environment are for this machine's code, and would displace the ones given here.
            "CARGO_ENCODED_RUSTFLAGS": None,
            "RUSTFLAGS": None,
        },
        on_error_line=job.report,
    )


def _metadata(job: Job) -> dict[str, Any]:
    """What cargo knows of the project's workspace and dependencies."""
    target = prepare_target(job.project.folder, job.report)
    arguments = ("metadata", "--format-version", "1", "--filter-platform", _flags.RUST_TARGET)
    finished = _cargo_run(job, target, arguments)
    if finished.code != 0:
        error = _cargo.first_error("", finished.stderr, job.project.folder)
        raise BuildError("cargo", error.message, finished.stderr, error.place or Place(_manifest(job.project)))
    metadata: dict[str, Any] = json.loads(finished.stdout)
    return metadata


def _path_packages(metadata: dict[str, Any], manifest: Path) -> list[Path]:
    """The folders of the package and of all that it depends on by path, over any number of steps."""
    packages = {package["id"]: package for package in metadata["packages"]}
    dependencies = {node["id"]: node["dependencies"] for node in metadata["resolve"]["nodes"]}
    waiting = [name for name, package in packages.items() if Path(package["manifest_path"]) == manifest]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in reached and packages[name]["source"] is None:
            reached.add(name)
            waiting.extend(dependencies[name])
    return sorted(Path(packages[name]["manifest_path"]).parent for name in reached)


def _rust_flags(target: Target, job: Job, root: Path) -> list[str]:
    """The compiler's flags: the code's shape, where the library is, and no path of this machine in the result."""
    flags = list(_flags.RUST_FLAGS)
    if target.sysroot:
        flags.append(f"--sysroot={target.sysroot}")
    if not target.compiler.has_linker:
        flags.append("-Clinker-flavor=wasm-ld")
        flags.append(f"-Clinker={write_linker(job.shared)}")
    cargo_home = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo"))
    prefixes = {cargo_home: "/cargo", _target_folder(job): "/target", root: "/workspace", job.project.folder: "/plugin"}
    flags.extend(f"--remap-path-prefix={prefix}={name}" for prefix, name in prefixes.items())
    return flags


def _config(flags: list[str]) -> tuple[str, ...]:
    # JSON's strings and arrays are TOML's too.
    return ("--config", f"target.{_flags.RUST_TARGET}.rustflags={json.dumps(flags, ensure_ascii=False)}")


def _module(finished: Finished, project: Project) -> Path:
    """The core module among what cargo says that it built."""
    for message in _cargo.messages(finished.stdout):
        if message.get("reason") == "compiler-artifact" and Path(message["manifest_path"]) == _manifest(project):
            for name in message["filenames"]:
                if name.endswith(".wasm"):
                    return Path(name)
    raise BuildError(
        "cargo", "the package has no cdylib", 'Add to it: [lib] crate-type = ["cdylib"]', Place(_manifest(project))
    )
