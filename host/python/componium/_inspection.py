"""What a plugin is and what it may do, without running any of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from componium import _native, _worker
from componium._description import Interface, interfaces
from componium._errors import InvalidComponent
from componium._kinds.detection import detect
from componium._kinds.kind import ENFORCES, TRUST
from componium._kinds.package import open_package
from componium._kinds.python.source import contract_of_project

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from componium._kinds.detection import Form

__all__ = ["LibraryReport", "Report", "inspect"]


TRUST_OF_PACKAGES = (
    f"Without trust, the component is loaded. {TRUST['wasm']} With trust, a native library is, where one fits the "
    f"machine. {TRUST['native']}"
)


@dataclass(frozen=True)
class LibraryReport:
    """What a native library says of itself."""

    name: str
    system: str
    architecture: str
    abi: int
    """The version of Componium's native ABI."""
    pointer: int
    """Bytes of a pointer."""
    digest: str
    """The SHA-256 of the world, in hexadecimal."""


@dataclass(frozen=True)
class Report:
    """What can be known of a plugin."""

    name: str
    kind: Form
    size: int
    """Bytes, of all files."""
    wit: str | None
    """The world; `None` where nothing says it, as with a Python file."""
    imports: tuple[Interface, ...]
    exports: tuple[Interface, ...]
    enforces: tuple[str, ...]
    """The options of an instance that hold in the application's process."""
    enforces_in_worker: tuple[str, ...]
    """Those that hold in a worker process, where one makes a difference."""
    trust: str
    """What it means to trust the plugin."""
    libraries: tuple[LibraryReport, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give what `json` can write."""
        sides = {"imports": _json(self.imports), "exports": _json(self.exports)}
        libraries = [asdict(library) for library in self.libraries]
        return {**vars(self), **sides, "libraries": libraries}


def inspect(path: Path) -> Report:
    """Look at a plugin.

    Args:
        path: As for `componium.load`.

    Raises:
        OSError: It cannot be read.
        InvalidComponent: It is no plugin.
    """
    form = detect(path, path.name)
    if form == "wasm":
        return _report(path, form, _component(path.read_bytes(), path.name))
    if form == "native":
        library, world = _library(path.read_bytes(), path.name)
        return _report(path, form, world, (library,))
    if form == "python":
        contract = contract_of_project(path)
        return _report(path, form, None if contract is None else _world(contract, path.name))
    with open_package(path, path.name) as package:
        component = _component(package.component(), path.name)
        return _report(path, form, component, [_library(content, name)[0] for name, content in package.libraries()])


def _report(path: Path, form: Form, world: _native.Component | None, libraries: Iterable[LibraryReport] = ()) -> Report:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return Report(
        name=path.name,
        kind=form,
        size=sum(file.stat().st_size for file in files),
        wit=None if world is None else world.wit,
        imports=() if world is None else interfaces(world.imports()),
        exports=() if world is None else interfaces(world.exports()),
        enforces=tuple(sorted(ENFORCES["wasm" if form == "package" else form])),
        enforces_in_worker=tuple(sorted(_worker.ENFORCES)) if form in {"native", "python"} else (),
        trust=TRUST_OF_PACKAGES if form == "package" else TRUST[form],
        libraries=tuple(libraries),
    )


def _component(content: bytes, name: str) -> _native.Component:
    """Compile a component, which is kept for loading it."""
    return _native.Component(content, name, cache=True)


def _library(content: bytes, name: str) -> tuple[LibraryReport, _native.Component]:
    """Read what a native library says of itself."""
    described = _native.inspect_native(content)
    if described is None:
        raise InvalidComponent(f"{name} is no shared library that can be read")
    report = LibraryReport(
        name,
        described["system"],
        described["architecture"],
        described["abi"],
        described["pointer"],
        described["digest"],
    )
    return report, _world(_native.Contract.parse(described["wit"]), name)


def _world(contract: _native.Contract, name: str) -> _native.Component:
    """Describe a world, in the terms of a plugin that implements it."""
    return _native.Component.python(contract, name)


def _json(side: Iterable[Interface]) -> list[dict[str, Any]]:
    return [
        {"name": interface.name, "functions": [{"name": each.name, "wit": each.wit} for each in interface.functions]}
        for interface in side
    ]
