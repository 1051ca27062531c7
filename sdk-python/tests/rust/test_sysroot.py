"""Standard libraries from sources: once, whole or not at all."""

import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from componium_sdk import MissingToolError, _tools
from componium_sdk._process import Finished
from componium_sdk._rust import _sysroot
from componium_sdk._rust._compiler import Compiler
from componium_sdk._rust._sysroot import build_sysroot, sysroot_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links to this machine's libraries need a privilege")


class Cargo:
    """Plays cargo: notes what it is asked, and leaves two libraries."""

    def __init__(self, code: int = 0) -> None:
        self.code = code
        self.commands: list[list[str]] = []
        self.environments: list[Mapping[str, str | None]] = []

    def run(
        self, command: tuple[object, ...], *, folder: Path, environment: Mapping[str, str | None], **_options: object
    ) -> Finished:
        """Build, or fail."""
        self.commands.append([str(word) for word in command])
        self.environments.append(environment)
        libraries = folder / "target" / "wasm32-wasip1" / "release" / "deps"
        libraries.mkdir(parents=True)
        for name in ("libstd-0.rlib", "libstandard_library-0.rlib"):
            (libraries / name).touch()
        return Finished(self.code, "", "error: no space left" if self.code else "")


@pytest.fixture
def compiler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Compiler:
    """A compiler with sources, an empty cache, and a C library."""
    (tmp_path / "lib/rustlib/src/rust/library/std").mkdir(parents=True)
    (tmp_path / "lib/rustlib/src/rust/library/std/Cargo.toml").touch()
    monkeypatch.setenv("COMPONIUM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(_sysroot, "extract_libc", lambda folder, _work: (folder / "libc.a").touch())
    return Compiler(tmp_path / "bin/rustc", "1.96.0", "0123456789abcdef", "x86_64-unknown-linux-gnu", tmp_path)


def silent(_line: str) -> None:
    """A report that nobody reads."""


def test_is_built_once(compiler: Compiler, monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds at the same time, and later ones, share one; only the result stays in the cache."""
    cargo = Cargo()
    monkeypatch.setattr(_sysroot, "run", cargo.run)

    with ThreadPoolExecutor(4) as pool:
        folders = set(pool.map(lambda _number: build_sysroot(compiler, silent), range(4)))

    [folder] = folders
    assert folder == sysroot_folder(compiler)
    assert len(cargo.commands) == 1
    assert sorted(path.name for path in folder.parent.iterdir()) == [folder.name, f"{folder.name}.lock"]


def test_layout(compiler: Compiler, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the target's libraries, their C library, and this machine's libraries for procedural macros."""
    monkeypatch.setattr(_sysroot, "run", Cargo().run)
    rustlib = build_sysroot(compiler, silent) / "lib" / "rustlib"

    libraries = rustlib / "wasm32-wasip1" / "lib"
    assert sorted(path.name for path in libraries.iterdir()) == ["libstd-0.rlib", "self-contained"]
    assert (libraries / "self-contained" / "libc.a").exists()
    assert (rustlib / compiler.host).readlink() == compiler.sysroot / "lib" / "rustlib" / compiler.host


def test_failure_leaves_nothing(compiler: Compiler, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that fails says why, and the next one starts anew."""
    monkeypatch.setattr(_sysroot, "run", Cargo(code=101).run)
    with pytest.raises(MissingToolError, match="no space left"):
        build_sysroot(compiler, silent)
    assert [path.suffix for path in sysroot_folder(compiler).parent.iterdir()] == [".lock"]

    monkeypatch.setattr(_sysroot, "run", Cargo().run)
    assert build_sysroot(compiler, silent).is_dir()


@pytest.mark.parametrize("vendored", [True, False])
def test_uses_what_the_distribution_brings(
    compiler: Compiler, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, vendored: bool
) -> None:
    """The library's dependencies come from beside its sources where they are there, without a network."""
    vendor = tmp_path / "lib/rustlib/src/rust/library/vendor"
    if vendored:
        vendor.mkdir()
    cargo = Cargo()
    monkeypatch.setattr(_sysroot, "run", cargo.run)
    build_sysroot(compiler, silent)

    assert any(str(vendor) in word for word in cargo.commands[0]) == vendored


def test_key_has_every_version(compiler: Compiler, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another compiler or zig has a library of its own."""
    name = sysroot_folder(compiler).name
    assert "1.96.0" in name
    assert "012345678" in name

    monkeypatch.setattr(_tools, "version", lambda _name: "99")
    assert sysroot_folder(compiler).name != name
