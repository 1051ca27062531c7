"""A Rust plugin's package, and what cargo knows and makes of it."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from componium_sdk._builders._builder import Job
from componium_sdk._builders._makefile import prerequisites
from componium_sdk._diagnostics import _cargo
from componium_sdk._errors import BuildError, Place, ProjectError
from componium_sdk._process import Finished, run
from componium_sdk._rust._compiler import Compiler

# cargo reads these from the project's folder and all above it.
_CARGO_FILES = (".cargo/config.toml", "rust-toolchain.toml", "rust-toolchain")


@dataclass(frozen=True, slots=True)
class Library:
    """What cargo made.

    Attributes:
        path: The file.
        inputs: The files that went into it.
        warnings: What the compiler said.
    """

    path: Path
    inputs: tuple[Path, ...]
    warnings: str


@dataclass(frozen=True, slots=True)
class Package:
    """The package beside a plugin's manifest, for one target.

    Attributes:
        job: The build.
        compiler: The compiler.
        triple: What rustc calls the target.
        features: Features to switch on.
    """

    job: Job
    compiler: Compiler
    triple: str
    features: tuple[str, ...] = ()

    @property
    def manifest(self) -> Path:
        """The `Cargo.toml`."""
        return self.job.project.folder / "Cargo.toml"

    def inputs(self) -> list[Path]:
        """The package and the packages it depends on by path, the workspace's files, cargo's settings, the contract.

        Raises:
            BuildError: cargo refuses the manifest.
            ProjectError: There is none.
        """
        folder = self.job.project.folder
        if not self.manifest.is_file():
            raise ProjectError(
                self.job.project.manifest, "plugin.language", "no Cargo.toml beside it", "Run: cargo init --lib"
            )
        metadata = self._metadata()
        root = Path(metadata["workspace_root"])
        settings = [parent / name for parent in (folder, *folder.parents) for name in _CARGO_FILES]
        return [
            *self._path_packages(metadata),
            *(root / name for name in ("Cargo.toml", "Cargo.lock")),
            *(file for file in settings if file.is_file()),
            self.job.project.wit,
        ]

    def build(self, command: tuple[str, ...], flags: tuple[str, ...], suffix: str) -> Library:
        """Build the library for the target, optimised.

        Args:
            command: cargo's command, with the arguments that are its own.
            flags: The compiler's flags.
            suffix: The end of the name of the file to look for.

        Raises:
            BuildError: The source has an error, or makes no such file.
        """
        root = Path(self._metadata()["workspace_root"])
        flags = (*flags, *self._remapped(root))
        arguments = ("--release", "--lib", "--target", self.triple, "--message-format", "json")
        # JSON's strings and arrays are TOML's too.
        config = f"target.{self.triple}.rustflags={json.dumps(flags, ensure_ascii=False)}"
        folder = ("--target-dir", str(self._target_folder), "--config", config)
        finished = self._run((*command, *arguments, *self._feature_arguments, *folder))
        if finished.code != 0:
            error = _cargo.first_error(finished.stdout, finished.stderr, root)
            output = _cargo.compiler_output(finished.stdout, "error") or finished.stderr
            raise error.error("rustc" if error.place else "cargo", output)
        library = self._library(finished, suffix)
        inputs = prerequisites(library.with_suffix(".d"), root)
        return Library(library, tuple(inputs), _cargo.compiler_output(finished.stdout, "warning"))

    @property
    def _target_folder(self) -> Path:
        """One for all Rust projects, so that dependencies are compiled once."""
        return self.job.shared / "cargo"

    @property
    def _feature_arguments(self) -> tuple[str, ...]:
        return ("--features", ",".join(self.features)) if self.features else ()

    def _run(self, arguments: tuple[str, ...]) -> Finished:
        return run(
            (self.compiler.cargo, *arguments),
            folder=self.job.project.folder,
            environment={
                "RUSTC": str(self.compiler.path),
                # Flags in the environment are for this machine's code, and would displace the ones given here.
                "CARGO_ENCODED_RUSTFLAGS": None,
                "RUSTFLAGS": None,
            },
            on_error_line=self.job.report,
        )

    def _metadata(self) -> dict[str, Any]:
        """What cargo knows of the project's workspace and dependencies."""
        arguments = ("metadata", "--format-version", "1", "--filter-platform", self.triple, *self._feature_arguments)
        finished = self._run(arguments)
        if finished.code != 0:
            error = _cargo.first_error("", finished.stderr, self.job.project.folder)
            raise BuildError("cargo", error.message, finished.stderr, error.place or Place(self.manifest))
        metadata: dict[str, Any] = json.loads(finished.stdout)
        return metadata

    def _path_packages(self, metadata: dict[str, Any]) -> list[Path]:
        """The folders of the package and of all that it depends on by path, over any number of steps."""
        packages = {package["id"]: package for package in metadata["packages"]}
        dependencies = {node["id"]: node["dependencies"] for node in metadata["resolve"]["nodes"]}
        waiting = [name for name, package in packages.items() if Path(package["manifest_path"]) == self.manifest]
        reached: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in reached and packages[name]["source"] is None:
                reached.add(name)
                waiting.extend(dependencies[name])
        return sorted(Path(packages[name]["manifest_path"]).parent for name in reached)

    def _remapped(self, root: Path) -> tuple[str, ...]:
        """No path of this machine in the result."""
        cargo_home = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo"))
        prefixes = {
            cargo_home: "/cargo",
            self._target_folder: "/target",
            root: "/workspace",
            self.job.project.folder: "/plugin",
        }
        return tuple(f"--remap-path-prefix={prefix}={name}" for prefix, name in prefixes.items())

    def _library(self, finished: Finished, suffix: str) -> Path:
        """The library among what cargo says that it built."""
        for message in _cargo.messages(finished.stdout):
            if message.get("reason") == "compiler-artifact" and Path(message["manifest_path"]) == self.manifest:
                for name in message["filenames"]:
                    if name.endswith(suffix):
                        return Path(name)
        raise BuildError(
            "cargo", "the package has no cdylib", 'Add to it: [lib] crate-type = ["cdylib"]', Place(self.manifest)
        )
