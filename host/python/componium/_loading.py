"""Loading plugins of every kind."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from componium import _native
from componium._component import Component
from componium._errors import ContractError
from componium._kinds.detection import detect
from componium._kinds.kind import require_trust
from componium._kinds.wasm import Sandboxed

if TYPE_CHECKING:
    from componium._contract import Contract
    from componium._kinds.loaded import Loaded
    from componium._kinds.python.source import Source

__all__ = ["load"]


def load(  # noqa: PLR0913  # each option is a decision of its own, with a default
    source: object,
    *,
    contract: Contract | None = None,
    name: str | None = None,
    cache: bool = True,
    trust: bool = False,
    prefer: Literal["native", "wasm"] = "native",
) -> Component:
    """Load a plugin. What kind it is of is told by its content, not by its name.

    Args:
        source: A path: of a component, a shared library, a Python file, the folder of a Python package or project, or a
            package (folder or zip archive) of a component and native libraries. Or the bytes of a component. Or a
            module, a class or an object in Python that implements the contract.
        contract: What the plugin must implement. Python cannot be loaded without.
        name: What errors call the plugin; the name of the file, module or class by default.
        cache: Whether compiled code is kept on disk, in `COMPONIUM_CACHE_DIR` or the user's cache folder.
        trust: Whether code may run outside the sandbox, as native libraries and Python do: they can do whatever the
            application can.
        prefer: What is loaded from a package that has both, if it is trusted: an untrusted package is always loaded as
            a component.

    Returns:
        The plugin; see `Component.kind`.

    Raises:
        OSError: The file cannot be read.
        InvalidComponent: It is no plugin, or not one for this machine.
        TrustRequired: It runs outside the sandbox, and `trust` was not given. None of its code has run.
        UnsupportedType: It imports what this version cannot provide.
        ContractError: It does not implement the contract; every mismatch is listed.
    """
    plugin: Loaded
    if isinstance(source, bytes | bytearray | memoryview):
        plugin = _component(bytes(source), name or "component", cache=cache)
    elif isinstance(source, str | os.PathLike):
        path = Path(source)
        plugin = _path(path, name, contract, cache=cache, trust=trust, prefer=prefer)
    else:
        plugin = _object(source, name, contract, trust=trust)
    component = Component(plugin)
    if contract is not None:
        contract.check(component)
    return component


def _path(  # noqa: PLR0913  # those of `load`
    path: Path,
    given: str | None,
    contract: Contract | None,
    *,
    cache: bool,
    trust: bool,
    prefer: Literal["native", "wasm"],
) -> Loaded:
    """Load what is at a path, called by a name that was given or by its own."""
    name = given or path.name
    form = detect(path, name)
    if form == "wasm":
        return _component(path.read_bytes(), name, cache=cache)
    if form == "package":
        from componium._kinds.package import open_package  # noqa: PLC0415  # most applications need only one kind

        with open_package(path, name) as package:
            return package.load(prefer, cache=cache, trust=trust)
    require_trust(form, name, trust=trust)
    if form == "native":
        from componium._kinds.native import Library  # noqa: PLC0415

        return Library(path, name)
    from componium._kinds.python.source import FileSource  # noqa: PLC0415

    source = FileSource.find(path, name)
    return _python(source, given or source.title, contract)


def _component(content: bytes, name: str, *, cache: bool) -> Sandboxed:
    detect(content, name)
    return Sandboxed(_native.Component(content, name, cache), name)


def _object(source: object, name: str | None, contract: Contract | None, *, trust: bool) -> Loaded:
    """Load a module, a class or an object."""
    from componium._kinds.python.source import ObjectSource  # noqa: PLC0415

    name = name or str(getattr(source, "__name__", type(source).__name__))
    require_trust("python", name, trust=trust)
    return _python(ObjectSource(source), name, contract)


def _python(source: Source, name: str, contract: Contract | None) -> Loaded:
    from componium._kinds.python.plugin import PythonPlugin  # noqa: PLC0415

    if contract is None:
        problem = "Python says nothing about its types: give what it implements as `contract`, a componium.Contract"
        raise ContractError(f"{name}: {problem}", [problem])
    return PythonPlugin(contract._native, source, name)  # noqa: SLF001  # of this package
