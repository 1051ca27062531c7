"""Python types for WIT types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from componium._bindgen import model
from componium._bindgen.expression import NONE, Expression, Name, Subscript, union
from componium._errors import UnsupportedType

if TYPE_CHECKING:
    from componium._bindgen.scope import Scope, SideName

INTEGERS = frozenset({"s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64"})
FLOATS = frozenset({"f32", "f64"})


class Types:
    """Writes types as functions of one side mention them.

    What comes out of the run time is of one precise type. What goes in may be of any type that the run time takes and a
    type checker can check: any sequence for a list, any buffer for a list of numbers. A record goes in as its class
    alone, though the run time takes mappings too: their keys could not be checked.
    """

    def __init__(self, scope: Scope, side: SideName) -> None:
        """Write types of `scope` for functions of `side`."""
        self._scope = scope
        self._side = side

    def out(self, type_: model.Type | None) -> Expression:
        """Write the type of what the run time gives."""
        return self._write(type_, wide=False)

    def into(self, type_: model.Type | None) -> Expression:
        """Write the type of what the run time takes."""
        return self._write(type_, wide=True)

    def returned(self, type_: model.Type | None) -> Expression:
        """Write the type that a call of an export returns: of a WIT `result`, the good case."""
        top = self.top_result(type_)
        return self.out(type_) if top is None else self.out(top.ok)

    def answered(self, type_: model.Type | None) -> Expression:
        """Write the type that an import may return: for a WIT `result`, the good case itself or either wrapped."""
        top = self.top_result(type_)
        return self.into(type_) if top is None else union(self.into(top.ok), *self._result(top, wide=True))

    def top_result(self, type_: model.Type | None) -> model.ResultOf | None:
        """Return the WIT `result` that a function's type is, if it is one."""
        bare = None if type_ is None else self._scope.world.bare(type_)
        return bare if isinstance(bare, model.ResultOf) else None

    def _write(self, type_: model.Type | None, *, wide: bool) -> Expression:  # noqa: PLR0911  # one for each kind
        match type_:
            case None:
                return NONE
            case model.Primitive(name):
                return self._primitive(name)
            case model.Reference(index) | model.HandleTo(index):
                return self._reference(index, wide=wide)
            case model.ListOf(element):
                return self._list(element, wide=wide)
            case model.TupleOf(elements):
                return Subscript(Name("tuple"), tuple(self._write(element, wide=wide) for element in elements))
            case model.OptionOf(some):
                inner = self._write(some, wide=wide)
                nested = isinstance(self._scope.world.bare(some), model.OptionOf)
                return union(Subscript(Name("componium.Some"), (inner,)) if nested else inner, NONE)
            case model.ResultOf():
                return union(*self._result(type_, wide=wide))
            case model.Unsupported(name):
                raise self._unsupported(name)

    def _result(self, result: model.ResultOf, *, wide: bool) -> tuple[Expression, Expression]:
        return (
            Subscript(Name("componium.Ok"), (self._write(result.ok, wide=wide),)),
            Subscript(Name("componium.Err"), (self._write(result.err, wide=wide),)),
        )

    def _primitive(self, name: str) -> Name:
        if name in INTEGERS:
            return Name("int")
        if name in FLOATS:
            return Name("float")
        match name:
            case "bool":
                return Name("bool")
            case "char" | "string":
                return Name("str")
            case _:
                raise self._unsupported(name)

    def _list(self, element: model.Type, *, wide: bool) -> Expression:
        bare = self._scope.world.bare(element)
        if not wide:
            return Name("bytes") if bare == model.Primitive("u8") else Subscript(Name("list"), (self.out(element),))
        sequence = Subscript(Name("Sequence"), (self.into(element),))
        has_buffer = isinstance(bare, model.Primitive) and bare.name in INTEGERS | FLOATS
        return union(Name("wit.Buffer"), sequence) if has_buffer else sequence

    def _reference(self, index: int, *, wide: bool) -> Expression:
        definition = self._scope.world.definitions[index]
        match definition.kind:
            case model.Alias(target):
                return self._alias(definition, target, wide=wide)
            case model.Variant():
                return Name(self._scope.name("any", index))
            case model.Resource():
                return Name(self._scope.name("resource", index, self._scope.side_of(definition, self._side)))
            case _:
                return Name(self._scope.name("type", index))

    def _alias(self, definition: model.Definition, target: model.Type, *, wide: bool) -> Expression:
        """Mention an alias by its name, which stands for what comes out, or spell out what goes in where it differs."""
        written = self._write(target, wide=wide)
        is_variant = isinstance(self._scope.world.resolve(definition.index).kind, model.Variant)
        if is_variant or not self._scope.is_declared(definition) or (wide and written != self.out(target)):
            return written
        return Name(self._scope.name("type", definition.index))

    def _unsupported(self, name: str) -> UnsupportedType:
        return UnsupportedType(
            f"values of the type `{name}` cannot cross between guests and Python yet; take it out of the contract"
        )
