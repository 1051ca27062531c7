"""The modules that componentize-py generates for plugins in Python, made from the contract at run time.

So that the source of a component runs in this process as it is. The classes of types are those of the application: a
record that the plugin makes is the record that the caller gets. The same holds for the error case of a `result`: what
componentize-py calls `Err` is `componium.GuestError`.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from componium._description import short_name
from componium._errors import GuestError
from componium._types import Ok, Some, pascal_case, variant_cases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from componium._description import Interface
    from componium._kinds.python.imported import Imported

__all__ = ["bindings"]

T = TypeVar("T")
E = TypeVar("E")


class Result(Generic[T, E]):
    """What annotations of plugins call `Ok` or `Err`."""


def bindings(imports: Iterable[Interface], exports: Iterable[Interface], imported: Imported) -> dict[str, ModuleType]:
    """Make the modules for one instance.

    Args:
        imports: What the contract's world imports.
        exports: What it exports.
        imported: What the instance can call.

    Returns:
        The modules, by name.
    """
    wrappers: dict[str, Any] = {"Ok": Ok, "Err": GuestError, "Some": Some, "Result": Result}
    made: dict[str, ModuleType] = {"componentize_py_types": _module("componentize_py_types", wrappers)}
    world = made["wit_world"] = _module("wit_world", {**wrappers, "WitWorld": type("WitWorld", (), {})})
    for side, interfaces in (("imports", imports), ("exports", exports)):
        package = made[f"wit_world.{side}"] = _module(f"wit_world.{side}", wrappers)
        setattr(world, side, package)
        for interface in interfaces:
            members = imported.members.get(interface.name, {}) if side == "imports" else {}
            content = {**wrappers, **_types(interface), **members}
            if interface.name is None:
                vars(world).update(content)
                continue
            name = short_name(interface.name)
            made[f"{package.__name__}.{name}"] = module = _module(f"{package.__name__}.{name}", content)
            setattr(package, name, module)
            if side == "exports":
                _base_class(package, interface.name)
    return made


def _module(name: str, content: dict[str, Any]) -> ModuleType:
    module = ModuleType(name, "Made by Componium from the contract.")
    module.__path__ = []
    vars(module).update(content)
    return module


def _base_class(package: ModuleType, interface: str) -> None:
    """Add the class that a plugin's class may extend."""
    name = pascal_case(interface.rpartition("/")[2].partition("@")[0])
    setattr(package, name, type(name, (), {"__module__": package.__name__}))


def _types(interface: Interface) -> dict[str, Any]:
    """Name the classes of an interface as componentize-py does: the case `a` of a variant `v` is `V_A`."""
    named: dict[str, Any] = dict(interface.types)
    for name, made in interface.types.items():
        named.update({f"{name}_{case.__name__}": case for case in variant_cases(made)})
    return named
