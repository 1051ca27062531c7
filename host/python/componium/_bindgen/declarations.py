"""Statements for the types of a contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from componium._bindgen import model
from componium._bindgen.expression import INDENT, Name, fit, union
from componium._bindgen.python_types import Types
from componium._bindgen.source import docstring
from componium._errors import UnsupportedType
from componium._types import pascal_case, snake_case, upper_case

if TYPE_CHECKING:
    from collections.abc import Iterable

    from componium._bindgen.scope import Scope, SideName
    from componium._bindgen.source import Source


class Declarations:
    """Writes the statement of each type."""

    def __init__(self, scope: Scope, source: Source) -> None:
        """Write types of `scope`."""
        self._scope = scope
        self._source = source

    def write(self, definition: model.Definition) -> list[str]:
        """Write the statements of a type; resources have none here.

        Args:
            definition: A type that the module declares.

        Returns:
            Their lines.

        Raises:
            UnsupportedType: The type has a part that cannot cross.
        """
        try:
            return self._statements(definition)
        except UnsupportedType as error:
            raise UnsupportedType(f"`{definition.name}`: {error}") from error

    def _statements(self, definition: model.Definition) -> list[str]:
        match definition.kind:
            case model.Record(fields):
                return [*self._head("record", definition), *self._fields(definition, fields)]
            case model.Variant(cases):
                return [
                    *self._head("variant", definition),
                    *self._cases(definition, cases),
                    *self._any(definition, cases),
                ]
            case model.Enum(cases):
                values = [(upper_case(case.name), f'"{case.name}"', case.docs) for case in cases]
                return [*self._head("enum", definition, "StrEnum"), *_members(values)]
            case model.Flags(flags):
                bits = [(upper_case(flag.name), f"1 << {bit}", flag.docs) for bit, flag in enumerate(flags)]
                return [*self._head("flags", definition, "Flag"), *_members(bits)]
            case model.Alias(target):
                return self._alias(definition, target)
            case model.Resource():
                return []

    def owner(self, definition: model.Definition) -> str:
        """Name the interface that a type belongs to, as the run time does; empty for a world's own types."""
        key = "" if definition.interface is None else self._scope.world.interfaces[definition.interface].key
        return key if ":" in key else ""

    def deprecation(self, notes: model.Notes) -> list[str]:
        """Write the decorator of what is deprecated."""
        if notes.deprecated is None:
            return []
        return [f'@{self._source.name("wit.deprecated")}("Deprecated since {notes.deprecated}.")']

    def _head(self, decorator: str, definition: model.Definition, base: str | None = None) -> list[str]:
        """Write decorators, class and docstring."""
        owner = self.owner(definition)
        docs = (
            definition.notes.docs or f"The {decorator} `{definition.name}` of `{owner or self._scope.world.full_name}`."
        )
        bases = f"({self._source.name(base)})" if base else ""
        decorate = f"@{self._source.name(f'wit.{decorator}')}("
        arguments = (f'"{owner}"', f'"{definition.name}"')
        line = f"{decorate}{', '.join(arguments)})"
        broken = [decorate, *(f"{INDENT}{argument}," for argument in arguments), ")"]
        return [
            *self.deprecation(definition.notes),
            *([line] if len(line) <= self._source.width else broken),
            f"class {self._scope.name('type', definition.index)}{bases}:",
            *docstring(docs, INDENT),
        ]

    def _fields(self, definition: model.Definition, fields: Iterable[model.Member]) -> list[str]:
        names = [snake_case(field.name) for field in fields]
        types = Types(self._scope, self._side(definition))
        lines = [""]
        for name, field in zip(names, fields, strict=True):
            qualify = self._source.qualifier(names)
            lines += fit(f"{INDENT}{name}: ", types.out(field.type), "", self._source.width, qualify)
            lines += docstring(field.docs, INDENT) if field.docs else []
        return lines

    def _cases(self, definition: model.Definition, cases: tuple[model.Member, ...]) -> list[str]:
        types = Types(self._scope, self._side(definition))
        lines: list[str] = []
        for case in cases:
            body: list[str] = docstring(case.docs, 2 * INDENT) if case.docs else []
            if case.type is not None:
                payload = fit(
                    f"{2 * INDENT}value: ", types.out(case.type), "", self._source.width, self._source.qualifier()
                )
                body += ["", *payload] if body else payload
            name = pascal_case(case.name)
            lines += ["", f"{INDENT}@{self._source.name('wit.case')}"]
            lines += [f"{INDENT}class {name}:", *body] if body else [f"{INDENT}class {name}: ..."]
        return lines

    def _any(self, definition: model.Definition, cases: tuple[model.Member, ...]) -> list[str]:
        """Write the union of a variant's cases, which type checkers can exhaust."""
        base = self._scope.name("type", definition.index)
        members = union(*(Name(f"{base}.{pascal_case(case.name)}") for case in cases))
        name = self._scope.name("any", definition.index)
        prefix = f"{name}: {self._source.name('TypeAlias')} = "
        lines = fit(prefix, members, "", self._source.width, self._source.qualifier())
        return ["", "", *lines, *docstring(f"Any case of `{base}`.", "")]

    def _alias(self, definition: model.Definition, target: model.Type) -> list[str]:
        original = self._scope.world.resolve(definition.index)
        value = Types(self._scope, self._side(definition)).out(target)
        if isinstance(original.kind, model.Variant):
            value = Name(self._scope.name("type", original.index))
        prefix = f"{self._scope.name('type', definition.index)}: {self._source.name('TypeAlias')} = "
        lines = fit(prefix, value, "", self._source.width, self._source.qualifier())
        return [*lines, *(docstring(definition.notes.docs, "") if definition.notes.docs else [])]

    def _side(self, definition: model.Definition) -> SideName:
        """Choose whose resources a type mentions."""
        return (self._scope.sides_of(definition) or ["imports"])[-1]


def _members(members: Iterable[tuple[str, str, str]]) -> list[str]:
    lines = [""]
    for name, value, docs in members:
        lines += [f"{INDENT}{name} = {value}", *(docstring(docs, INDENT) if docs else [])]
    return lines
