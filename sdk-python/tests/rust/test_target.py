"""Which compiler and standard library are taken."""

from collections.abc import Callable
from pathlib import Path

import pytest
from componium_sdk import MissingToolError
from componium_sdk._flags import RUST_TARGET
from componium_sdk._rust import _packages, _rustup, _target
from componium_sdk._rust._compiler import Compiler
from componium_sdk._rust._sysroot import sysroot_folder
from componium_sdk._rust._target import Target, find_target, prepare_target

Install = Callable[..., Compiler]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """A function that makes a compiler known, after those before it."""
    known: list[Compiler] = []
    monkeypatch.setenv("COMPONIUM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(_target, "compilers", lambda _folder: known)
    monkeypatch.setattr(_packages, "available", lambda: False)
    monkeypatch.setattr(_rustup, "add_target", lambda _folder, _report: False)

    def make(name: str, *, target: bool = False, sources: bool = False) -> Compiler:
        sysroot = tmp_path / name
        rustlib = sysroot / "lib" / "rustlib"
        if target:
            (rustlib / RUST_TARGET / "lib").mkdir(parents=True)
            (rustlib / RUST_TARGET / "lib" / "libstd-0.rlib").touch()
        if sources:
            (rustlib / "src" / "rust" / "library" / "std").mkdir(parents=True)
            (rustlib / "src" / "rust" / "library" / "std" / "Cargo.toml").touch()
        known.append(Compiler(sysroot / "bin" / "rustc", "1.95.0", name, "x86_64-unknown-linux-gnu", sysroot))
        return known[-1]

    return make


def silent(_line: str) -> None:
    """A report that nobody reads."""


def test_a_compiler_with_the_target_is_ready(install: Install, tmp_path: Path) -> None:
    """It is taken even if another is active."""
    install("active")
    complete = install("distribution", target=True)

    assert find_target(tmp_path) == Target(complete)


def test_a_sysroot_from_earlier_is_ready(install: Install, tmp_path: Path) -> None:
    """What was built once is found again."""
    compiler = install("active", sources=True)
    assert find_target(tmp_path) is None
    sysroot_folder(compiler).mkdir(parents=True)

    assert find_target(tmp_path) == Target(compiler, sysroot_folder(compiler))


def test_rustup_comes_before_building(install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If rustup can add the target, nothing is built from sources."""
    install("active", sources=True)

    def add(_folder: Path, _report: object) -> bool:
        install("by-rustup", target=True)
        return True

    monkeypatch.setattr(_rustup, "add_target", add)

    assert prepare_target(tmp_path, silent).compiler.commit == "by-rustup"


def test_sources_are_built(install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where rustup cannot help, the compiler that has sources builds its library."""
    install("active")
    compiler = install("distribution", sources=True)
    monkeypatch.setattr(_target, "build_sysroot", lambda found, _report: tmp_path / found.commit)

    assert prepare_target(tmp_path, silent) == Target(compiler, tmp_path / "distribution")


def test_packages_come_last(install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing here will do, and the system has packages, they are installed and used."""
    install("active")
    monkeypatch.setattr(_packages, "available", lambda: True)
    monkeypatch.setattr(_packages, "install_compiler", lambda _report: install("packaged", sources=True))
    monkeypatch.setattr(_target, "build_sysroot", lambda found, _report: tmp_path / found.commit)

    assert prepare_target(tmp_path, silent).sysroot == tmp_path / "packaged"


def test_error_says_what_to_install(install: Install, tmp_path: Path) -> None:
    """Without any way the error has the command."""
    install("active")

    with pytest.raises(MissingToolError, match="rustup target add wasm32-wasip1"):
        prepare_target(tmp_path, silent)


def test_identity_tells_targets_apart(install: Install, tmp_path: Path) -> None:
    """Compiler and standard library are both part of it."""
    one, two = install("one"), install("two")

    assert len({Target(one).identity, Target(two).identity, Target(one, tmp_path).identity}) == 3
