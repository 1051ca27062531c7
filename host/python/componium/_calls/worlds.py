"""The world of a plugin or a contract, as a model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from componium._bindgen import read_text
from componium._calls.functions import COMPONENTIZE_PY, DROP, exported_functions, imported_functions
from componium._contract import Contract

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from componium._bindgen import model
    from componium._calls.functions import WorldFunction
    from componium._component import Component
    from componium._description import Interface

WORLD = re.compile(r"^world %?([\w-]+) \{", re.MULTILINE)


def world_of(source: Component | Contract) -> model.World:
    """Read the world of a plugin of any kind, or of a contract.

    The text of a plugin may have further worlds, of the package that its own comes from: its own is the one that
    imports and exports what the plugin does.
    """
    if isinstance(source, Contract):
        return read_text(source.wit, source.name.rpartition("/")[2].partition("@")[0])
    worlds = [read_text(source.wit, name) for name in WORLD.findall(source.wit)]
    wanted = _described(source.exports), _described(source.imports)
    fitting = (
        each for each in worlds if (_named(exported_functions(each)), _named(imported_functions(each))) == wanted
    )
    return next(fitting, worlds[0])


def _described(interfaces: Iterable[Interface]) -> set[str]:
    names = {
        function.name if interface.name is None else f"{interface.name}#{function.name}"
        for interface in interfaces
        if not (interface.name or "").startswith("wasi:")
        for function in interface.functions
    }
    return names - {COMPONENTIZE_PY}


def _sides(world: model.World) -> tuple[set[str], set[str]]:
    return _named(exported_functions(world)), _named(imported_functions(world))


def _named(functions: Mapping[str, WorldFunction]) -> set[str]:
    return {name for name, function in functions.items() if function.kind != DROP}
