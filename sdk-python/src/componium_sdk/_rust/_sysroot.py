"""A standard library for WebAssembly, built from the compiler's own sources.

For compilers that come with sources but without the target, as Debian's do: built once for each version of compiler and
zig, kept in the cache folder, then used by ordinary cargo through `--sysroot`.
"""

import os
import shutil
import tempfile
from pathlib import Path

from filelock import FileLock

from componium_sdk import _tools
from componium_sdk._cache import cache_folder
from componium_sdk._errors import MissingToolError
from componium_sdk._flags import RUST_TARGET
from componium_sdk._process import Finished, Report, run
from componium_sdk._rust._compiler import Compiler
from componium_sdk._rust._libc import extract_libc

# Part of the cache key: raise it when a change below makes another library of the same versions.
_RECIPE = 1

# A package without code, for cargo to build the standard library for.
_PACKAGE = """\
[package]
name = "standard-library"
version = "0.0.0"
edition = "2021"

[profile.release]
panic = "abort"

[workspace]
"""


def sysroot_folder(compiler: Compiler) -> Path:
    """Where the sysroot for a compiler is, or would be."""
    key = f"rust-{compiler.release}-{compiler.commit[:9]}-zig-{_tools.version('ziglang')}-{_RECIPE}"
    return cache_folder() / RUST_TARGET / key


def build_sysroot(compiler: Compiler, report: Report) -> Path:
    """Build the sysroot for a compiler, unless it exists.

    Args:
        compiler: A compiler that has `sources`.
        report: Gets lines of progress.

    Returns:
        The folder, for `--sysroot`.

    Raises:
        MissingToolError: The build fails.
    """
    folder = sysroot_folder(compiler)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):  # a second build waits here, then finds it done
        if not folder.is_dir():
            report(f"building Rust's standard library for {RUST_TARGET} in {folder}: once, about a minute")
            with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".building-") as temporary:
                _build(compiler, Path(temporary), report).replace(folder)
    return folder


def _build(compiler: Compiler, temporary: Path, report: Report) -> Path:
    """Lay out a sysroot: this machine's libraries for procedural macros, the target's, its C library."""
    rustlib = temporary / "sysroot" / "lib" / "rustlib"
    libraries = rustlib / RUST_TARGET / "lib"
    self_contained = libraries / "self-contained"
    self_contained.mkdir(parents=True)
    parts = temporary / "parts"
    parts.mkdir()
    report("taking the C library out of zig")
    extract_libc(self_contained, parts)
    for library in _compile(compiler, temporary / "package", self_contained, report):
        shutil.copy(library, libraries)
    (rustlib / compiler.host).symlink_to(compiler.sysroot / "lib" / "rustlib" / compiler.host)
    return temporary / "sysroot"


def _compile(compiler: Compiler, package: Path, libc: Path, report: Report) -> list[Path]:
    """Build the standard library with cargo, and list its files."""
    (package / "src").mkdir(parents=True)
    (package / "src" / "lib.rs").touch()
    (package / "Cargo.toml").write_text(_PACKAGE, encoding="utf-8")
    finished = run(
        (compiler.cargo, *_vendored(compiler), "build", "--release", "--target", RUST_TARGET, *_BUILD_STD),
        folder=package,
        environment=_environment(compiler, package, libc),
        on_error_line=lambda line: report(f"standard library: {line}"),
    )
    libraries = sorted((package / "target" / RUST_TARGET / "release" / "deps").glob("*.rlib"))
    if finished.code != 0 or not libraries:
        raise _failed(finished)
    return [library for library in libraries if "standard_library" not in library.name]


_BUILD_STD = ("-Zbuild-std=std,panic_abort",)


def _vendored(compiler: Compiler) -> tuple[str, ...]:
    """Options that make cargo take the library's dependencies from beside it, where a distribution put them."""
    vendor = _sources(compiler) / "vendor"
    if not vendor.is_dir():
        return ()
    return (
        *("--config", 'source.crates-io.replace-with="vendored"'),
        *("--config", f"source.vendored.directory='{vendor}'"),
    )


def _environment(compiler: Compiler, package: Path, libc: Path) -> dict[str, str | None]:
    flags = (
        f"-Lnative={libc}",
        "-Cembed-bitcode=yes",  # plugins may be linked with LTO
        f"--remap-path-prefix={_sources(compiler)}=/rust/library",  # these reach the texts of panics
        f"--remap-path-prefix={_sources(compiler).resolve()}=/rust/library",
    )
    return {
        "CARGO_BUILD_TARGET_DIR": None,
        "CARGO_ENCODED_RUSTFLAGS": "\x1f".join(flags),
        "CARGO_TARGET_DIR": str(package / "target"),
        "RUSTC": str(compiler.path),
        "RUSTC_BOOTSTRAP": "1",  # allows -Zbuild-std: this compiler builds its own standard library, as its release did
        "RUSTC_WRAPPER": None,
        "RUSTFLAGS": None,
    }


def _sources(compiler: Compiler) -> Path:
    if compiler.sources is None:
        raise ValueError(f"{compiler.path} has no sources: {os.fspath(compiler.sysroot)}")
    return compiler.sources


def _failed(finished: Finished) -> MissingToolError:
    return MissingToolError(
        "cargo",
        f"Rust's standard library for {RUST_TARGET} cannot be built:\n{finished.output}",
        f"With rustup, install it instead: rustup target add {RUST_TARGET}",
    )
