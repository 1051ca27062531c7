"""From the JSON of the native half to the model."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from componium import _native
from componium._bindgen import model


def read_wit(path: Path, world: str | None = None) -> model.World:
    """Read a world from a `.wit` file or a folder of them.

    Args:
        path: The file or folder.
        world: The world's name; may be left out where the package has only one.

    Returns:
        The world.

    Raises:
        ToolchainError: The WIT cannot be read, or has no such world.
    """
    return _Reader(_native.wit_model(path, world)).world()


@cache
def read_text(wit: str, world: str | None = None) -> model.World:
    """Read a world from WIT text, such as components and contracts tell theirs.

    Args:
        wit: A package, followed by the packages that it uses.
        world: The world's name; may be left out where the package has only one.

    Returns:
        The world.

    Raises:
        ToolchainError: The text cannot be read, or has no such world.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder, "world.wit")
        path.write_text(wit, encoding="utf-8")
        return read_wit(path, world)


def read_component(wasm: bytes) -> model.World:
    """Read the world of a component.

    Args:
        wasm: The component.

    Returns:
        The world.

    Raises:
        ToolchainError: It is not a component.
    """
    return _Reader(_native.component_model(wasm)).world()


class _Reader:
    """Reads `wit-parser`'s form of a `Resolve`: arenas of worlds, interfaces, types and packages, linked by index."""

    def __init__(self, text: str) -> None:
        document = json.loads(text)
        self._resolve = document["resolve"]
        self._world = self._resolve["worlds"][document["world"]]
        self._index = document["world"]
        self._wit = document["wit"]

    def world(self) -> model.World:
        world = self._world
        owned = [item["type"] for item in world["imports"].values() if "type" in item]
        return model.World(
            name=world["name"],
            full_name=self._qualified(world["package"], world["name"]),
            imports=self._side("imports"),
            exports=self._side("exports"),
            types=tuple(item["id"] if isinstance(item, dict) else item for item in owned),
            notes=_notes(world),
            wit=self._wit,
            definitions=tuple(self._definition(index, each) for index, each in enumerate(self._resolve["types"])),
            interfaces=tuple(self._interface(_key(index), index) for index in range(len(self._resolve["interfaces"]))),
        )

    def _side(self, name: str) -> model.Side:
        items = self._world[name].items()
        return model.Side(
            tuple(self._interface(key, item["interface"]["id"]) for key, item in items if "interface" in item),
            tuple(self._function(item["function"]) for _, item in items if "function" in item),
        )

    def _interface(self, key: str, index: int) -> model.Interface:
        interface = self._resolve["interfaces"][index]
        if key == _key(index):
            named = interface["name"] is not None
            key = self._qualified(interface["package"], interface["name"]) if named else ""
        functions = tuple(self._function(function) for function in interface["functions"].values())
        return model.Interface(index, key, tuple(interface["types"].values()), functions, _notes(interface))

    def _qualified(self, package: int, name: str) -> str:
        """Put a name into its package: `demo:shapes/types@0.1.0`."""
        path, at, version = self._resolve["packages"][package]["name"].partition("@")
        return f"{path}/{name}{at}{version}"

    def _function(self, function: dict[str, Any]) -> model.Function:
        kind = function["kind"]
        word, resource = next(iter(kind.items())) if isinstance(kind, dict) else (kind, None)
        parameters = tuple(_member(parameter) for parameter in function["params"])
        return model.Function(
            name=function["name"].rpartition("]")[2].rpartition(".")[2],
            kind=word.removeprefix("async-"),
            is_async=word.startswith("async-"),
            resource=resource,
            parameters=parameters[1:] if word.endswith("method") else parameters,
            result=_optional(function.get("result")),
            notes=_notes(function),
        )

    def _definition(self, index: int, each: dict[str, Any]) -> model.Definition:
        owner = each["owner"] or {}
        return model.Definition(index, each["name"], _kind(each["kind"]), owner.get("interface"), _notes(each))


def _key(interface: int) -> str:
    """Return the key under which a world has an interface by the interface's own name."""
    return f"interface-{interface}"


def _kind(kind: str | dict[str, Any]) -> model.Kind:
    match kind:
        case "resource":
            return model.Resource()
        case {"record": {"fields": fields}}:
            return model.Record(tuple(map(_member, fields)))
        case {"variant": {"cases": cases}}:
            return model.Variant(tuple(map(_member, cases)))
        case {"enum": {"cases": cases}}:
            return model.Enum(tuple(map(_member, cases)))
        case {"flags": {"flags": flags}}:
            return model.Flags(tuple(map(_member, flags)))
        case _:
            return model.Alias(_structure(kind))


def _structure(kind: str | dict[str, Any]) -> model.Type:  # noqa: PLR0911  # one for each kind
    match kind:
        case {"type": target}:
            return _type(target)
        case {"list": element}:
            return model.ListOf(_type(element))
        case {"tuple": {"types": types}}:
            return model.TupleOf(tuple(map(_type, types)))
        case {"option": some}:
            return model.OptionOf(_type(some))
        case {"result": {"ok": ok, "err": err}}:
            return model.ResultOf(_optional(ok), _optional(err))
        case {"handle": {"own": int(resource)} | {"borrow": int(resource)}}:
            return model.HandleTo(resource)
        case _:
            return model.Unsupported(kind if isinstance(kind, str) else next(iter(kind)))


def _type(type_: str | int) -> model.Type:
    return model.Primitive(type_) if isinstance(type_, str) else model.Reference(type_)


def _optional(type_: str | int | None) -> model.Type | None:
    return None if type_ is None else _type(type_)


def _member(member: dict[str, Any]) -> model.Member:
    return model.Member(member["name"], _optional(member.get("type")), _docs(member))


def _docs(item: dict[str, Any]) -> str:
    return (item.get("docs") or {}).get("contents") or ""


def _notes(item: dict[str, Any]) -> model.Notes:
    """Read documentation and stability, which is given by the kind: `stable` or `unstable`."""
    stability = item.get("stability") or {}
    deprecated = next((each.get("deprecated") for each in stability.values() if isinstance(each, dict)), None)
    return model.Notes(_docs(item), deprecated)
