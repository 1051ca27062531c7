"""The class of a world: a running component with typed exports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from componium import wit
from componium._bindgen.expression import INDENT, Name, Subscript
from componium._bindgen.names import Claim, choose_names
from componium._bindgen.source import docstring
from componium._description import short_name
from componium._types import pascal_case, snake_case

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from componium._bindgen.expression import Expression
    from componium._bindgen.scope import Scope, SideName
    from componium._bindgen.source import Source

ATTRIBUTES = frozenset(name for name in dir(wit.World) if not name.startswith("_")) | {"instantiate"}
PARAMETERS = frozenset(wit.Options.__annotations__) | {"cls", "component", "options"}


class WorldClass:
    """Writes the class of a world."""

    def __init__(self, scope: Scope, source: Source) -> None:
        """Write the class of the world of `scope`."""
        self._scope = scope
        self._source = source

    def write(self) -> list[str]:
        """Write the text of the contract and the class."""
        world = self._scope.world
        docs = world.notes.docs or f"A component of the world `{world.full_name}`."
        return [
            '_WIT = """\\',
            *world.wit.strip().split("\n"),
            '"""',
            "",
            "",
            f"class {self._scope.name('world')}({self._source.name('wit.World')}, contract=_WIT):",
            *docstring(docs, INDENT),
            *self._exports(),
            "",
            *self._instantiate(),
        ]

    def _items(self, side: SideName) -> Iterator[tuple[str, str, str, Expression]]:
        """Say what a side has: WIT name, Python name, a longer Python name, and type."""
        for interface in filter(self._scope.has_protocol, self._scope.interfaces[side]):
            longer = re.sub(r"\W", "_", interface.key)
            name = Name(self._scope.name("interface", interface.index, side))
            yield interface.key, short_name(interface.key), longer if longer != interface.key else f"{longer}_", name
        for function in self._scope.functions(side):
            attribute = snake_case(function.name)
            name = Name(self._scope.name("function", function.name, side))
            yield function.name, attribute, f"{attribute}_function", name
        for resource in self._scope.resources(None) if side == "imports" else ():
            attribute = pascal_case(resource.name or "")
            yield attribute, attribute, f"{attribute}_", Name(self._scope.name("factory", resource.index, side))

    def _named(self, side: SideName, reserved: frozenset[str]) -> dict[Hashable, str]:
        claims = (Claim(key, (plain, longer), 0) for key, plain, longer, _ in self._items(side))
        return choose_names(claims, reserved)

    def _exports(self) -> list[str]:
        """Write an annotation for each export that the instance has as an attribute, a property for each other."""
        names = self._named("exports", ATTRIBUTES)
        plain: list[str] = []
        properties: list[str] = []
        for key, attribute, _, type_ in self._items("exports"):
            name, written = names[key], type_.render(self._source.name)
            if name == attribute:
                plain.append(f"{INDENT}{name}: {written}")
                continue
            properties += [
                "",
                f"{INDENT}@property",
                f"{INDENT}def {name}(self) -> {written}:",
                *docstring(f"The export `{key}`.", 2 * INDENT),
                f'{2 * INDENT}export: {written} = self["{key}"]',
                f"{2 * INDENT}return export",
            ]
        return [*([""] if plain else []), *plain, *properties]

    def _instantiate(self) -> list[str]:
        names = self._named("imports", PARAMETERS)
        items = list(self._items("imports"))
        parameters: list[tuple[str, Expression | None]] = [("cls", None), ("component", Name("componium.Component"))]
        if items:
            parameters.append(("*", None))
        parameters += [(names[key], type_) for key, _, _, type_ in items]
        parameters.append(("**options", Subscript(Name("Unpack"), (Name("wit.Options"),))))
        return [
            f"{INDENT}@classmethod",
            *self._source.function(
                f"{INDENT}def instantiate", parameters, Name("Self"), self._body(names), self._source.qualifier()
            ),
        ]

    def _body(self, names: dict[Hashable, str]) -> list[str]:
        items = [(key, names[key]) for key, *_ in self._items("imports")]
        described = "".join(f"    {name}: The import `{key}`.\n" for key, name in items)
        docs = (
            "Check that a component implements the contract, and make an instance of it.\n\n"
            f"Args:\n    component: The component.\n{described}"
            "    options: As for `componium.Component.instantiate`.\n\n"
            "Returns:\n    The instance.\n\n"
            "Raises:\n    componium.ContractError: The component does not implement the contract."
        )
        pairs = [f'"{key}": {name}' for key, name in items]
        line = f"{2 * INDENT}return cls._start(component, {{{', '.join(pairs)}}}, options)"
        if len(line) <= self._source.width:
            return [*docstring(docs, 2 * INDENT), line]
        broken = [f"{2 * INDENT}imports = {{", *(f"{3 * INDENT}{pair}," for pair in pairs), f"{2 * INDENT}}}"]
        return [*docstring(docs, 2 * INDENT), *broken, f"{2 * INDENT}return cls._start(component, imports, options)"]
