"""A world and what it refers to, as far as Python bindings need to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Notes:
    """What a WIT file says about an item beside its type."""

    docs: str = ""
    deprecated: str | None = None
    """The version since which the item is deprecated."""


@dataclass(frozen=True)
class Primitive:
    """A type that WIT has a keyword for, such as `u32`."""

    name: str


@dataclass(frozen=True)
class Reference:
    """A type that is defined elsewhere in the model."""

    index: int


@dataclass(frozen=True)
class ListOf:
    """`list<T>`."""

    element: Type


@dataclass(frozen=True)
class TupleOf:
    """`tuple<...>`."""

    elements: tuple[Type, ...]


@dataclass(frozen=True)
class OptionOf:
    """`option<T>`."""

    some: Type


@dataclass(frozen=True)
class ResultOf:
    """`result<T, E>`."""

    ok: Type | None
    err: Type | None


@dataclass(frozen=True)
class HandleTo:
    """`own<R>` or `borrow<R>`."""

    resource: int
    """The index of the resource, or of an alias of it."""


@dataclass(frozen=True)
class Unsupported:
    """A type that cannot cross between guests and Python, such as `stream<u8>`."""

    name: str


Type: TypeAlias = Primitive | Reference | ListOf | TupleOf | OptionOf | ResultOf | HandleTo | Unsupported


@dataclass(frozen=True)
class Member:
    """A field of a record, a case of a variant or an enum, a flag, or a parameter."""

    name: str
    type: Type | None
    docs: str = ""


@dataclass(frozen=True)
class Record:
    """`record`."""

    fields: tuple[Member, ...]


@dataclass(frozen=True)
class Variant:
    """`variant`."""

    cases: tuple[Member, ...]


@dataclass(frozen=True)
class Enum:
    """`enum`."""

    cases: tuple[Member, ...]


@dataclass(frozen=True)
class Flags:
    """`flags`."""

    flags: tuple[Member, ...]


@dataclass(frozen=True)
class Resource:
    """`resource`; its functions are listed with those of its interface."""


@dataclass(frozen=True)
class Alias:
    """`type name = ...`, a `use`, or a type without a name."""

    target: Type


Kind: TypeAlias = Record | Variant | Enum | Flags | Resource | Alias


@dataclass(frozen=True)
class Definition:
    """A type of the model."""

    index: int
    name: str | None
    kind: Kind
    interface: int | None
    """The index of the interface that owns the type; none for a world's own types and those without a name."""
    notes: Notes


@dataclass(frozen=True)
class Function:
    """A function of an interface, of a resource, or of the world."""

    name: str
    """The WIT name, without the resource."""
    kind: str
    """`freestanding`, `method`, `static` or `constructor`."""
    is_async: bool
    resource: int | None
    parameters: tuple[Member, ...]
    """Without the `self` of methods."""
    result: Type | None
    notes: Notes


@dataclass(frozen=True)
class Interface:
    """An interface."""

    index: int
    key: str
    """How a world names it: `demo:shapes/types@0.1.0`, or a plain name for one that is written inside the world."""
    types: tuple[int, ...]
    functions: tuple[Function, ...]
    notes: Notes

    @property
    def name(self) -> str:
        """The last part of the name."""
        return self.key.rpartition("/")[2].partition("@")[0]

    @property
    def is_wasi(self) -> bool:
        """Whether the host provides the interface itself."""
        return self.key.startswith("wasi:")


@dataclass(frozen=True)
class Side:
    """What a world imports, or what it exports."""

    interfaces: tuple[Interface, ...] = ()
    functions: tuple[Function, ...] = ()


@dataclass(frozen=True)
class World:
    """A world."""

    name: str
    full_name: str
    imports: Side
    exports: Side
    types: tuple[int, ...]
    """The types that the world defines itself."""
    notes: Notes
    wit: str
    """The world as WIT text."""
    definitions: tuple[Definition, ...] = field(repr=False)
    interfaces: tuple[Interface, ...] = field(repr=False)
    """Every interface of the model, those that only lend types included."""

    def resolve(self, index: int) -> Definition:
        """Follow aliases to the definition of a type."""
        definition = self.definitions[index]
        while isinstance(definition.kind, Alias) and isinstance(definition.kind.target, Reference):
            definition = self.definitions[definition.kind.target.index]
        return definition

    def bare(self, type_: Type) -> Type:
        """Follow references as far as they lead to types without a definition of their own."""
        while isinstance(type_, Reference):
            kind = self.resolve(type_.index).kind
            if not isinstance(kind, Alias):
                break
            type_ = kind.target
        return type_
