"""Native libraries of plugins in Rust, which take too long to compile from nothing in the tests of the SDK."""

import shutil
from pathlib import Path

import componium
import pytest
from componium_sdk import BuildError, Kind, build

from tasks.build_artifact import ROOT
from tasks.build_guests import BUILD, WORK


@pytest.fixture(scope="module")
def checkout() -> Path:
    """A second checkout of what the plugins in Rust are made of; in one place, so that cargo knows it the next time."""
    root = BUILD / "checkout"
    shutil.rmtree(root, ignore_errors=True)
    for folder in ("sdk-guests/rust", "sdk-guests/rust-macro", "sdk-guests/plugins", "wit"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("target"))
    for file in ("Cargo.toml", "Cargo.lock"):
        shutil.copy(ROOT / "sdk-guests" / file, root / "sdk-guests" / file)
    return root


def project(root: Path, plugin: str) -> Path:
    """The folder of a plugin in a checkout."""
    return root / "sdk-guests" / "plugins" / plugin / "rust"


def build_native(folder: Path, output: Path) -> Path:
    """Build a library, with the dependencies that are compiled already."""
    return build(folder, output, kind=Kind.NATIVE, work=WORK).path


def test_same_bytes_from_another_checkout(checkout: Path, tmp_path: Path) -> None:
    """A library says nothing of the folder that it was built in, not in a panic's place either."""
    first, second = (build_native(project(root, "echo"), tmp_path / root.name) for root in (ROOT, checkout))

    assert first.read_bytes() == second.read_bytes()
    for folder in (ROOT, Path.home()):
        assert f"{folder}/".encode() not in first.read_bytes()
    assert componium.load(second, trust=True).kind == "native"


def test_package_without_its_world(checkout: Path, tmp_path: Path) -> None:
    """A package that exports nothing is no plugin, and is told what it lacks."""
    source = project(checkout, "dir") / "src" / "lib.rs"
    source.write_text(source.read_text().replace("bindings::export!", "// "))

    with pytest.raises(BuildError, match="the package lacks functions of `plugin`") as caught:
        build_native(project(checkout, "dir"), tmp_path / "out")

    assert "export!" in caught.value.output
