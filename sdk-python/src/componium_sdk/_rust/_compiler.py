"""A Rust compiler on this machine, and what it can do."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from componium_sdk._flags import RUST_TARGET
from componium_sdk._process import run

# The oldest that the crates behind plugins' bindings compile with (wit-bindgen 0.63).
MINIMUM = (1, 88)

# Where distributions install theirs; behind rustup's on PATH where both are installed.
DISTRIBUTION = Path("/usr/bin/rustc")


@dataclass(frozen=True, slots=True)
class Compiler:
    """A `rustc`.

    Attributes:
        path: The executable.
        release: Its version, such as `1.96.0`.
        commit: What it was built from; `unknown` for some distributions' builds.
        host: The target triple of this machine.
        sysroot: The folder of its own libraries.
    """

    path: Path
    release: str
    commit: str
    host: str
    sysroot: Path

    @classmethod
    def query(cls, path: Path, folder: Path) -> Self | None:
        """Ask a compiler what it is.

        Args:
            path: The executable.
            folder: Where the project lies: rustup's compiler depends on it.

        Returns:
            The compiler; None if it does not work, as rustup's does not where no toolchain is installed.
        """
        verbose = run((path, "-vV"), folder=folder)
        sysroot = run((path, "--print", "sysroot"), folder=folder)
        if verbose.code != 0 or sysroot.code != 0:
            return None
        facts = dict(line.split(": ", 1) for line in verbose.stdout.splitlines() if ": " in line)
        root = Path(sysroot.stdout.strip())
        return cls(path, facts["release"], facts.get("commit-hash", "unknown"), facts["host"], root)

    @property
    def version(self) -> tuple[int, ...]:
        """The first two numbers of `release`."""
        return tuple(int(number) for number in self.release.split(".")[:2])

    @property
    def cargo(self) -> Path:
        """The cargo that belongs to it: the one beside it."""
        return self.path.with_name("cargo" + self.path.suffix)

    @property
    def has_target(self) -> bool:
        """Whether it comes with the standard library for WebAssembly."""
        return any((self.sysroot / "lib" / "rustlib" / RUST_TARGET / "lib").glob("libstd-*.rlib"))

    @property
    def has_linker(self) -> bool:
        """Whether it comes with the linker that it uses for WebAssembly by default, as rustup's do."""
        return any((self.sysroot / "lib" / "rustlib" / self.host / "bin").glob("rust-lld*"))

    @property
    def sources(self) -> Path | None:
        """The sources of its standard library, where they are installed."""
        folder = self.sysroot / "lib" / "rustlib" / "src" / "rust" / "library"
        return folder if (folder / "std" / "Cargo.toml").is_file() else None

    @property
    def identity(self) -> str:
        """What tells its output from that of others."""
        return f"rustc {self.release} {self.commit} {self.host}"


def compilers(folder: Path) -> list[Compiler]:
    """The usable compilers for a project: the active one first, then the distribution's.

    Args:
        folder: Where the project lies.
    """
    active = shutil.which("rustc")
    paths = [Path(path) for path in dict.fromkeys((active, str(DISTRIBUTION))) if path and Path(path).is_file()]
    found = [Compiler.query(path, folder) for path in paths]
    return [one for one in found if one is not None and one.version >= MINIMUM and one.cargo.is_file()]
