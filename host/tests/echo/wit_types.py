"""WIT types as Python objects: their text, and the core values they take in the canonical ABI."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Core: TypeAlias = Literal["i32", "i64", "f32", "f64"]

#: What each type without parts takes, by its keyword.
PRIMITIVES: dict[str, tuple[Core, ...]] = {
    **dict.fromkeys(["bool", "s8", "u8", "s16", "u16", "s32", "u32", "char"], ("i32",)),
    **dict.fromkeys(["s64", "u64"], ("i64",)),
    "f32": ("f32",),
    "f64": ("f64",),
    "string": ("i32", "i32"),
}


@dataclass(frozen=True)
class WitType:
    """A type that has no name, or is referred to by it."""

    @property
    def wit(self) -> str:
        """The text that refers to the type."""
        raise NotImplementedError

    @property
    def parts(self) -> tuple[WitType, ...]:
        """The types it is made of."""
        return ()

    @property
    def flat(self) -> tuple[Core, ...]:
        """Its core values, as `flatten_type` of `CanonicalABI.md` says."""
        raise NotImplementedError


@dataclass(frozen=True)
class Primitive(WitType):
    """A type without parts, such as `u8` or `string`."""

    keyword: str

    @property
    def wit(self) -> str:
        """The keyword."""
        return self.keyword

    @property
    def flat(self) -> tuple[Core, ...]:
        """As the table says."""
        return PRIMITIVES[self.keyword]


@dataclass(frozen=True)
class ListOf(WitType):
    """`list<T>`."""

    element: WitType

    @property
    def wit(self) -> str:
        """The text."""
        return f"list<{self.element.wit}>"

    @property
    def parts(self) -> tuple[WitType, ...]:
        """The element."""
        return (self.element,)

    @property
    def flat(self) -> tuple[Core, ...]:
        """An address and a length."""
        return ("i32", "i32")


@dataclass(frozen=True)
class TupleOf(WitType):
    """`tuple<A, B>`."""

    elements: tuple[WitType, ...]

    @property
    def wit(self) -> str:
        """The text."""
        return f"tuple<{', '.join(element.wit for element in self.elements)}>"

    @property
    def parts(self) -> tuple[WitType, ...]:
        """The elements."""
        return self.elements

    @property
    def flat(self) -> tuple[Core, ...]:
        """One element after another."""
        return concatenated(self.elements)


@dataclass(frozen=True)
class OptionOf(WitType):
    """`option<T>`."""

    some: WitType

    @property
    def wit(self) -> str:
        """The text."""
        return f"option<{self.some.wit}>"

    @property
    def parts(self) -> tuple[WitType, ...]:
        """The present value's type."""
        return (self.some,)

    @property
    def nested(self) -> bool:
        """Whether it is an option of an option, so that values need `componium.Some`."""
        return isinstance(resolved(self.some), OptionOf)

    @property
    def flat(self) -> tuple[Core, ...]:
        """A discriminant and the present value."""
        return ("i32", *self.some.flat)


@dataclass(frozen=True)
class ResultOf(WitType):
    """`result<T, E>`, each of which may be missing."""

    ok: WitType | None = None
    err: WitType | None = None

    @property
    def wit(self) -> str:
        """The text."""
        if self.err:
            return f"result<{self.ok.wit if self.ok else '_'}, {self.err.wit}>"
        return f"result<{self.ok.wit}>" if self.ok else "result"

    @property
    def parts(self) -> tuple[WitType, ...]:
        """The payloads there are."""
        return tuple(part for part in (self.ok, self.err) if part)

    @property
    def flat(self) -> tuple[Core, ...]:
        """A discriminant and the joined payloads."""
        return ("i32", *joined(self.parts))


@dataclass(frozen=True)
class Named(WitType):
    """A type that is defined under a name."""

    name: str

    @property
    def wit(self) -> str:
        """The name, marked so that it may be a keyword of WIT."""
        return f"%{self.name}"

    @property
    def definition(self) -> str:
        """The text that defines it."""
        raise NotImplementedError


@dataclass(frozen=True)
class Alias(Named):
    """`type name = T`."""

    target: WitType

    @property
    def definition(self) -> str:
        """The text that defines it."""
        return f"type {self.wit} = {self.target.wit};"

    @property
    def parts(self) -> tuple[WitType, ...]:
        """What it stands for."""
        return (self.target,)

    @property
    def flat(self) -> tuple[Core, ...]:
        """What it stands for takes."""
        return self.target.flat


@dataclass(frozen=True)
class Record(Named):
    """`record`: the name and the type of each field."""

    fields: tuple[tuple[str, WitType], ...]

    @property
    def definition(self) -> str:
        """The text that defines it."""
        return f"record {self.wit} {{ {', '.join(f'%{name}: {ty.wit}' for name, ty in self.fields)} }}"

    @property
    def parts(self) -> tuple[WitType, ...]:
        """The fields' types."""
        return tuple(ty for _, ty in self.fields)

    @property
    def flat(self) -> tuple[Core, ...]:
        """One field after another."""
        return concatenated(self.parts)


@dataclass(frozen=True)
class Variant(Named):
    """`variant`: the name of each case, and the type of its payload if it has one."""

    cases: tuple[tuple[str, WitType | None], ...]

    @property
    def definition(self) -> str:
        """The text that defines it."""
        cases = (f"%{name}({ty.wit})" if ty else f"%{name}" for name, ty in self.cases)
        return f"variant {self.wit} {{ {', '.join(cases)} }}"

    @property
    def parts(self) -> tuple[WitType, ...]:
        """The payloads there are."""
        return tuple(ty for _, ty in self.cases if ty)

    @property
    def flat(self) -> tuple[Core, ...]:
        """A discriminant and the joined payloads."""
        return ("i32", *joined(self.parts))


@dataclass(frozen=True)
class Members(Named):
    """`enum` or `flags`: a set of names."""

    keyword: Literal["enum", "flags"]
    names: tuple[str, ...]

    @property
    def definition(self) -> str:
        """The text that defines it."""
        return f"{self.keyword} {self.wit} {{ {', '.join(f'%{name}' for name in self.names)} }}"

    @property
    def flat(self) -> tuple[Core, ...]:
        """One word: flags are at most 32."""
        return ("i32",)


def resolved(ty: WitType) -> WitType:
    """Return what an alias stands for, and any other type itself."""
    return resolved(ty.target) if isinstance(ty, Alias) else ty


def concatenated(types: Iterable[WitType]) -> tuple[Core, ...]:
    """Return the core values of types one after another."""
    return tuple(core for ty in types for core in ty.flat)


def joined(payloads: Iterable[WitType]) -> tuple[Core, ...]:
    """Return the core values that any of the payloads fits in, as `flatten_variant` of `CanonicalABI.md` says."""

    def join(cores: set[Core]) -> Core:
        if len(cores) == 1:
            return cores.pop()
        return "i32" if cores == {"i32", "f32"} else "i64"

    columns = zip_longest(*(payload.flat for payload in payloads))
    return tuple(join({core for core in column if core}) for column in columns)


def named_types(types: Iterable[WitType]) -> Iterator[Named]:
    """Yield the named types that `types` consist of, each once, its own parts before it."""
    seen: set[Named] = set()

    def walk(ty: WitType) -> Iterator[Named]:
        if ty in seen:
            return
        for part in ty.parts:
            yield from walk(part)
        if isinstance(ty, Named):
            seen.add(ty)
            yield ty

    for ty in types:
        yield from walk(ty)
