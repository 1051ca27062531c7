"""Libraries that are no native plugins of this machine, and what is told of those that are."""

from __future__ import annotations

import hashlib
import platform
import re
import struct
import sys
from typing import TYPE_CHECKING

import pytest
from componium import InvalidComponent
from componium._native import Component, inspect_native

from .build import build, glue, load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .conftest import Store

MAGIC = b"componium-native"
POINTER = struct.calcsize("P")


def read(path: Path) -> Component:
    """Read a plugin, of which nothing is run."""
    return Component.native(path, "plugin")


def changed(library: Path, folder: Path, change: Callable[[bytearray, int], object]) -> Path:
    """Copy a library, its section with the world changed.

    Args:
        library: The library.
        folder: Where the copy goes.
        change: Changes the bytes of the library, in which the section begins at an offset.

    Returns:
        The copy.
    """
    content = bytearray(library.read_bytes())
    change(content, content.index(MAGIC))
    copied = folder / "changed.so"
    copied.write_bytes(content)
    return copied


def put(offset: int, value: bytes) -> Callable[[bytearray, int], None]:
    """Return what puts bytes at an offset into the section."""

    def change(content: bytearray, start: int) -> None:
        content[start + offset : start + offset + len(value)] = value

    return change


def test_inspection(library: Path) -> None:
    """What a plugin was built for, and its world, are told without running it."""
    described = inspect_native(library.read_bytes())
    assert described is not None
    assert "export api;" in described["wit"]
    assert len(bytes.fromhex(described["digest"])) == hashlib.sha256().digest_size
    assert described == {
        "format": {"linux": "elf", "darwin": "mach-o", "win32": "pe"}[sys.platform],
        "system": {"linux": "linux", "darwin": "macos", "win32": "windows"}[sys.platform],
        "architecture": platform.machine().lower().replace("arm64", "aarch64").replace("amd64", "x86_64"),
        "abi": 1,
        "pointer": POINTER,
        "digest": described["digest"],
        "wit": described["wit"],
    }


@pytest.mark.parametrize("content", [b"", b"\0asm\x0d\0\1\0", b"def add(a, b): ...", b"#!/bin/sh\n"])
def test_inspection_of_other_files(content: bytes) -> None:
    """What is no object file is not described."""
    assert inspect_native(content) is None


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (put(16, struct.pack("<I", 2)), "version 2 of the native ABI, this host has version 1"),
        (put(20, struct.pack("<I", 12 - POINTER)), "its pointers have (32|64) bits, those of this process (64|32)"),
        (put(24, bytes(32)), "the digest differs"),
        (put(56, struct.pack("<Q", 2**63)), "its section with the world is cut off after [0-9]+ bytes"),
        (put(0, b"Componium-Native"), "its section is not that of a native plugin"),
    ],
    ids=["abi", "pointer", "digest", "cut", "magic"],
)
def test_wrong_section(library: Path, tmp_path: Path, change: Callable[[bytearray, int], None], problem: str) -> None:
    """A library whose section this host cannot go by is refused before anything of it runs."""
    with pytest.raises(InvalidComponent, match=f"^plugin is not a plugin that can be loaded: .*{problem}"):
        read(changed(library, tmp_path, change))


def test_wrong_world(library: Path, tmp_path: Path) -> None:
    """A world that is none is refused, though its digest is right."""

    def change(content: bytearray, start: int) -> None:
        (length,) = struct.unpack_from("<Q", content, start + 56)
        content[start + 64 : start + 64 + length] = bytes(length)
        content[start + 24 : start + 56] = hashlib.sha256(bytes(length)).digest()

    with pytest.raises(InvalidComponent, match="its world cannot be read"):
        read(changed(library, tmp_path, change))


def test_cut_file(library: Path, tmp_path: Path) -> None:
    """A library that was copied in part is refused, wherever it ends."""
    content = library.read_bytes()
    part = tmp_path / "part.so"
    for length in range(0, len(content), 997):
        part.write_bytes(content[:length])
        with pytest.raises(InvalidComponent, match="is not a plugin that can be loaded"):
            read(part)


def test_no_library(tmp_path: Path) -> None:
    """A file of another format is refused."""
    path = tmp_path / "plugin.so"
    path.write_text("def add(a, b): ...")
    with pytest.raises(InvalidComponent, match=r"it is no shared library \(ELF, Mach-O or PE\)"):
        read(path)


def test_absent_file(tmp_path: Path) -> None:
    """A path without a file raises what files raise."""
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "absent.so")


def compile_c(folder: Path, source: str, *flags: str) -> Path:
    """Compile a C file alone."""
    return build(folder, glue=source, flags=flags, alone=True)


def test_library_without_world(tmp_path: Path) -> None:
    """A shared library that is no plugin is told from one that is."""
    path = compile_c(tmp_path, "int add(int a, int b) { return a + b; }")
    with pytest.raises(InvalidComponent, match="a shared library without a world: build it with `componium-sdk build"):
        read(path)
    with pytest.raises(InvalidComponent, match="without a world"):
        inspect_native(path.read_bytes())


@pytest.mark.parametrize(
    ("target", "system", "architecture", "pointer"),
    [
        ("aarch64-linux-gnu", "linux", "aarch64", 8),
        ("x86-linux-gnu", "linux", "x86", 4),
        ("x86_64-macos", "macos", "x86_64", 8),
        ("aarch64-macos", "macos", "aarch64", 8),
        ("x86_64-windows-gnu", "windows", "x86_64", 8),
    ],
)
def test_other_machines(  # what is to be told of each
    library: Path, tmp_path: Path, target: str, system: str, architecture: str, pointer: int
) -> None:
    """A plugin for another machine is described, and refused with the names of both."""
    path = build(tmp_path, glue=header_alone(), flags=["-target", target, "-nostdlib"], alone=True)
    described, own = inspect_native(path.read_bytes()), inspect_native(library.read_bytes())
    assert described is not None
    assert own is not None
    assert (described["system"], described["architecture"]) == (system, architecture)
    assert described["pointer"] == pointer
    assert described["digest"] == own["digest"]
    assert described["wit"] == own["wit"]
    if (described["system"], described["architecture"]) != (own["system"], own["architecture"]):
        with pytest.raises(InvalidComponent, match=f"it was built for {system} on {architecture}, this is "):
            read(path)


def header_alone() -> str:
    """Return the glue's section with the world, and a symbol: what can be compiled without a system's library."""
    macros = re.search(r"#if defined\(_WIN32\)\n#define COMPONIUM_SHOWN.*?#endif\n", glue(), re.DOTALL)
    world = re.search(r"__attribute__\(\(section\(COMPONIUM_SECTION\).*?\n};\n", glue(), re.DOTALL)
    assert macros
    assert world
    return (
        f"#include <stdint.h>\n{macros[0]}{world[0]}extern const int componium_plugin;\n"
        "COMPONIUM_SHOWN const int componium_plugin = 1;\n"
        "#if defined(_WIN32)\n"
        "int DllMainCRTStartup(void *module, unsigned reason, void *reserved) { return 1; }\n"
        "#endif\n"
    )


def test_object_file(tmp_path: Path) -> None:
    """An object file that is no shared library is refused."""
    path = compile_c(tmp_path, glue(), "-c")
    with pytest.raises(InvalidComponent, match="it is no shared library: link it with `-shared`"):
        read(path)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (".abi = 1", ".abi = 7", "its table is of version 7 of the native ABI"),
        (".pointer = sizeof(void *)", ".pointer = 2", "with pointers of 2 bytes"),
        ('.digest = "', '.digest = "0', "its table is of the world 0[0-9a-f]+, its section of [0-9a-f]+"),
        ('.digest = "', '.digest = 1 ? 0 : "', "a name in its table is null"),
        (".start = start", ".start = 0", "its table lacks a function of its own"),
        ('#add", call_', '#sub", call_', "it does not export `test:native/api@0.1.0#add`"),
        (
            '"test:native/store@0.1.0", "log"',
            '"test:native/store@0.1.0", "lag"',
            "it imports `lag` of `test:native/sto",
        ),
        ('"test:native/store@0.1.0", "log"', '"wasi:cli/exit@0.2.0", "exit"', "a native plugin gets from its system"),
        (
            '[] = {\n    {"test:native/api@0.1.0#[constructor]counter"',
            '[] = {\n    {"another", call_0}, {"test:native/api@0.1.0#[constructor]counter"',
            "it exports `another`, which its world does not have",
        ),
    ],
    ids=["abi", "pointer", "digest", "null", "start", "export", "import", "wasi", "unknown"],
)
def test_wrong_table(tmp_path: Path, store: Store, old: str, new: str, problem: str) -> None:
    """A library whose table is not what its section says is refused when it is loaded."""
    text = glue()
    assert text.count(old) == 1
    text = text.replace(old, new)
    if new.startswith('[] = {\n    {"another"'):
        count = text.split(".export_count = ")[1].split(",")[0]
        text = text.replace(f".export_count = {count}", f".export_count = {int(count) + 1}")
    component = load(build(tmp_path, glue=text))
    with pytest.raises(InvalidComponent, match=f"^plugin is not a plugin that can be loaded: .*{problem}"):
        component.instantiate({"store": store})


def test_missing_symbol(tmp_path: Path) -> None:
    """A library with a world but no table is refused before anything of it runs."""
    text = glue().replace("COMPONIUM_SHOWN const struct componium_plugin", "const struct componium_plugin")
    with pytest.raises(InvalidComponent, match="it shows no symbol `componium_plugin`"):
        read(build(tmp_path, glue=text))


def test_missing_dependency(tmp_path: Path, store: Store) -> None:
    """What the library needs and the system lacks is named when it is loaded, not in some call."""
    other = compile_c(tmp_path, "int needed(void) { return 1; }", "-fvisibility=default")
    other = other.rename(tmp_path / "libneeded.so")
    text = f"{glue()}\nint needed(void);\n__attribute__((used)) static int (*const use)(void) = needed;\n"
    component = load(build(tmp_path, glue=text, flags=[str(other)]))
    other.unlink()
    with pytest.raises(InvalidComponent, match=r"the system cannot load it: .*libneeded"):
        component.instantiate({"store": store})


def test_other_kind(library: Path) -> None:
    """A native plugin is not instantiated as a component in a sandbox is."""
    with pytest.raises(TypeError, match=r"instantiate\(\) is not for components of the kind native"):
        read(library).instantiate(([], [], False), [], [], None, 0)
