"""What a source is, is told by its content."""

from __future__ import annotations

import pickle
import zipfile
from typing import TYPE_CHECKING

import componium
import pytest
from componium import InvalidComponent, TrustRequired, toolchain
from componium._kinds.detection import detect

if TYPE_CHECKING:
    from pathlib import Path

COMPONENT = toolchain.parse_text("(component)")
MODULE = toolchain.parse_text("(module)")
PE = b"MZ".ljust(60, b"\0") + (64).to_bytes(4, "little") + b"PE\0\0\x64\x86"
FAT = b"\xca\xfe\xba\xbe" + (2).to_bytes(4, "big")
JAVA = b"\xca\xfe\xba\xbe\x00\x00\x00\x41"

LIBRARIES = {
    "elf": b"\x7fELF\2\1\1",
    "mach-o": b"\xcf\xfa\xed\xfe",
    "mach-o-32-bit": b"\xce\xfa\xed\xfe",
    "mach-o-fat": FAT,
    "pe": PE,
}

OTHERS = {
    "empty": (b"", "it is empty"),
    "text": (b"hello", "it starts with b'hello'"),
    "wat": (b"\n(component)", "WebAssembly text, which componium.toolchain.parse_text assembles"),
    "static-library": (b"!<arch>\nfoo", "static library: link a shared one"),
    "java": (JAVA, "it starts with"),
    "dos": (b"MZ" + bytes(100), "it starts with"),
}


@pytest.mark.parametrize("content", LIBRARIES.values(), ids=LIBRARIES)
def test_a_library_is_one_whatever_its_name(content: bytes, tmp_path: Path) -> None:
    """The first bytes decide; without trust, nothing else of the file is looked at."""
    path = tmp_path / "plugin.wasm"
    path.write_bytes(content)
    assert detect(path, "plugin") == "native"
    with pytest.raises(TrustRequired) as caught:
        componium.load(path)
    assert (caught.value.kind, caught.value.plugin) == ("native", "plugin.wasm")


@pytest.mark.parametrize(("content", "problem"), OTHERS.values(), ids=OTHERS)
def test_anything_else_is_named(content: bytes, problem: str, tmp_path: Path) -> None:
    """What is no plugin is refused, and the error says what was found."""
    path = tmp_path / "plugin.so"
    path.write_bytes(content)
    for source in (path, content):
        with pytest.raises(InvalidComponent, match=r"neither a component .* nor a Python file") as caught:
            componium.load(source, name="plugin.so")
        assert problem in str(caught.value)


def test_a_core_module_is_told_from_a_component(tmp_path: Path) -> None:
    """The error for a core module says how a component is made of it."""
    with pytest.raises(InvalidComponent, match=r"core WebAssembly module.*componium\.toolchain\.componentize"):
        componium.load(MODULE)
    path = tmp_path / "plugin.py"
    path.write_bytes(COMPONENT)
    assert componium.load(path).kind == "wasm"


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes_are_a_component(kind: type[bytes | bytearray | memoryview]) -> None:
    """Any bytes will do; a library cannot be loaded from them."""
    assert componium.load(kind(COMPONENT)).kind == "wasm"
    with pytest.raises(InvalidComponent, match="shared library: give its path"):
        componium.load(kind(LIBRARIES["elf"]))


def test_python(tmp_path: Path) -> None:
    """A file with the suffix `.py`, a package, a project, a module, a class and an object are Python."""
    file = tmp_path / "plugin.py"
    file.write_text("raise SystemExit('this must not run')")
    package, project = tmp_path / "package", tmp_path / "project"
    for folder, name in ((package, "__init__.py"), (project, "componium.toml")):
        folder.mkdir()
        (folder / name).touch()
    for source in (file, package, project, pytest, dict, object()):
        with pytest.raises(TrustRequired, match="is Python code, which no sandbox confines") as caught:
            componium.load(source)
        assert caught.value.kind == "python"


def test_packages(tmp_path: Path) -> None:
    """A folder with a component and a zip archive are packages; any other folder is nothing."""
    with pytest.raises(InvalidComponent, match=r"folder without a plugin: it has no componium\.toml"):
        detect(tmp_path, "empty")
    (tmp_path / "a.wasm").write_bytes(COMPONENT)
    assert detect(tmp_path, "folder") == "package"
    with zipfile.ZipFile(tmp_path / "plugin", "w") as archive:
        archive.writestr("a.wasm", COMPONENT)
    assert detect(tmp_path / "plugin", "archive") == "package"


def test_errors_survive_pickling() -> None:
    """The errors of this package keep message and attributes."""
    trust = pickle.loads(pickle.dumps(TrustRequired("message", "native", "a.so")))  # noqa: S301  # made here
    assert (str(trust), trust.kind, trust.plugin) == ("message", "native", "a.so")
    options = pickle.loads(pickle.dumps(componium.NotEnforceable("message", "native", ("memory",))))  # noqa: S301
    assert (str(options), options.kind, options.options) == ("message", "native", ("memory",))
