"""Packages: one plugin as a component, and as native libraries for some platforms.

A folder or a zip archive, with one `.wasm` file and libraries in `native/`. Names of libraries mean nothing: which one
fits is read from themselves.
"""

from __future__ import annotations

import platform
import shutil
import sys
import tempfile
import weakref
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from componium import _native
from componium._errors import ContractError, InvalidComponent
from componium._kinds.detection import is_library
from componium._kinds.native import Library
from componium._kinds.wasm import Sandboxed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from componium._kinds.loaded import Described

__all__ = ["Package", "open_package"]

LARGEST = 2**29
"""Bytes of the largest file that is taken out of an archive, which may promise any."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
"""What reading a broken, encrypted or exotic archive raises."""


@dataclass(frozen=True)
class Package:
    """What is in a package, before anything is loaded."""

    name: str
    wasm: Traversable
    files: tuple[Traversable, ...]
    """What is in `native/`."""

    def component(self) -> bytes:
        """Read the component."""
        return _read(self.wasm)

    def libraries(self) -> list[tuple[str, bytes]]:
        """Read the native libraries, by name; other files are left alone."""
        contents = ((f"{self.name}/native/{file.name}", _read(file)) for file in self.files)
        return [(name, content) for name, content in contents if is_library(content)]

    def load(self, prefer: Literal["native", "wasm"], *, cache: bool, trust: bool) -> Sandboxed | Library:
        """Load the kind that is wanted: a library where one fits and is trusted, otherwise the component.

        Raises:
            InvalidComponent: The component or a library cannot be loaded.
            ContractError: The library was not made for the component's world.
        """
        component = Sandboxed(_native.Component(self.component(), self.name, cache), self.name)
        if not trust or prefer == "wasm":
            return component
        fitting = [(name, content) for name, content in self.libraries() if _fits(name, content)]
        if not fitting:
            return component
        if len(fitting) > 1:
            names = " and ".join(name for name, _ in fitting)
            raise InvalidComponent(f"{self.name} has several libraries for this machine, {names}: keep one")
        [(name, content)] = fitting
        library = _library(content, name)
        _check_same_world(component, library)
        return library


def _fits(name: str, content: bytes) -> bool:
    """Say whether a library was made for this machine.

    Raises:
        InvalidComponent: It is no plugin.
    """
    try:
        described = _native.inspect_native(content)
    except InvalidComponent as error:
        raise InvalidComponent(f"{name}: {error}") from error
    if described is None:
        raise InvalidComponent(f"{name} is damaged, or made for several processors: packages need one library for each")
    return (described["system"], described["architecture"]) == this_machine()


def this_machine() -> tuple[str, str]:
    """Say for which system and processor libraries must be here, in the words of `inspect_native`."""
    system = {"darwin": "macos", "win32": "windows"}.get(sys.platform, sys.platform)
    machine = platform.machine().lower()
    return system, {"amd64": "x86_64", "arm64": "aarch64"}.get(machine, machine)


@contextmanager
def open_package(path: Path, name: str) -> Iterator[Package]:
    """Look into a package.

    Args:
        path: The folder or archive.
        name: What errors call it.

    Raises:
        InvalidComponent: It is no package.
    """
    if path.is_dir():
        yield _look(path, name)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            yield _look(zipfile.Path(archive), name)
    except _BROKEN as error:
        raise InvalidComponent(f"{name} is an archive that cannot be read: {error}") from error


def _look(root: Traversable, name: str) -> Package:
    components = sorted((file for file in root.iterdir() if file.name.endswith(".wasm")), key=lambda file: file.name)
    if len(components) != 1:
        found = ", ".join(file.name for file in components) or "none"
        raise InvalidComponent(f"{name} must have exactly one .wasm file at its top, beside native/; found {found}")
    native = root.joinpath("native")
    files = sorted(native.iterdir(), key=lambda file: file.name) if native.is_dir() else []
    return Package(name, components[0], tuple(file for file in files if file.is_file()))


def _read(file: Traversable) -> bytes:
    with file.open("rb") as opened:
        content = opened.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise InvalidComponent(f"{file.name} is larger than {LARGEST >> 20} MiB")
    return content


def _library(content: bytes, name: str) -> Library:
    """Load a library from a copy: what was read is what is loaded, and it may come out of an archive."""
    folder = Path(tempfile.mkdtemp(prefix="componium-"))
    path = folder / name.rpartition("/")[2]
    try:
        path.write_bytes(content)
        library = Library(path, name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(library, shutil.rmtree, folder, ignore_errors=True)
    return library


def _check_same_world(component: Described, library: Described) -> None:
    """Check that the library has the exports of the component, and offers it what it imports."""
    problems: list[str] = []
    try:
        _native.Contract.parse(library.wit).check(component.native)
    except ContractError as error:
        problems += error.problems
    exported = _functions(library)
    problems += [f"the library does not export {label}" for label in _functions(component) if label not in exported]
    if problems:
        listed = "\n  - ".join([f"{library.name} was not made for the world of the component beside it:", *problems])
        raise ContractError(listed, problems)


def _functions(plugin: Described) -> list[str]:
    """Name the functions that a plugin exports."""
    exports = (
        (interface or "the world", function[0]) for interface, found, _ in plugin.exports() for function in found
    )
    return [f"`{function}` of {interface}" for interface, function in exports]
