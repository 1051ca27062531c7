"""Which types and interfaces a generated module has, and what they are called in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from componium._bindgen import model
from componium._bindgen.names import RESERVED, Claim, choose_names
from componium._errors import UnsupportedType
from componium._types import pascal_case

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

SideName: TypeAlias = Literal["imports", "exports"]
SIDES: tuple[SideName, SideName] = ("imports", "exports")


class Scope:
    """The contents of a module."""

    def __init__(self, world: model.World) -> None:
        """Choose what the module has for `world`, and name it."""
        self.world = world
        self.interfaces: dict[SideName, tuple[model.Interface, ...]] = {
            "imports": tuple(each for each in world.imports.interfaces if not each.is_wasi),
            "exports": world.exports.interfaces,
        }
        self.types = [world.definitions[index] for index in sorted(self._reachable())]
        self._names = choose_names(self._claims(), RESERVED)

    def functions(self, side: SideName) -> list[model.Function]:
        """Return the functions of the world itself, without those of its resources."""
        return [function for function in getattr(self.world, side).functions if function.kind == "freestanding"]

    def name(self, *key: Hashable) -> str:
        """Return the name of a class: by kind, index and side."""
        return self._names[key]

    def names(self) -> list[str]:
        """Return the names of everything that the module declares."""
        return sorted(self._names.values())

    def resources(self, interface: model.Interface | None) -> list[model.Definition]:
        """Return the resources that an interface defines, or the world itself."""
        types = self.world.types if interface is None else interface.types
        definitions = (self.world.definitions[index] for index in types)
        return [each for each in definitions if isinstance(each.kind, model.Resource)]

    def has_protocol(self, interface: model.Interface) -> bool:
        """Whether an interface has functions or resources, not types alone."""
        return bool(interface.functions or self.resources(interface))

    def is_declared(self, definition: model.Definition) -> bool:
        """Whether the module has a statement for a type: an alias by the same name or of resources has none."""
        if definition.name is None:
            return False
        if not isinstance(definition.kind, model.Alias):
            return True
        target = self.world.resolve(definition.index)
        repeats = target is not definition and pascal_case(target.name or "") == pascal_case(definition.name)
        return not repeats and not self._has_resource(definition.kind.target)

    def sides_of(self, resource: model.Definition) -> list[SideName]:
        """Return who may define a resource: the application, guests, or both, each its own."""
        if resource.interface is None:
            return ["imports"]
        return [side for side in SIDES if resource.interface in {each.index for each in self.interfaces[side]}]

    def side_of(self, resource: model.Definition, side: SideName) -> SideName:
        """Return who defines a resource that a function of `side` mentions.

        Raises:
            UnsupportedType: It is a resource of WASI.
        """
        sides = self.sides_of(resource)
        if not sides:
            owner = self.world.interfaces[resource.interface or 0].key
            raise UnsupportedType(
                f"the host keeps the resource `{resource.name}` of {owner} for itself; pass what the guest shall use "
                "as a type of your own"
            )
        return side if side in sides else "imports"

    def _reachable(self) -> set[int]:
        """Find the types of the world's interfaces, and those that they refer to."""
        found: set[int] = set()
        open_ = list(self.world.types)
        for side in SIDES:
            for interface in self.interfaces[side]:
                open_ += interface.types
                open_ += _mentioned(interface.functions)
            open_ += _mentioned(getattr(self.world, side).functions)
        while open_:
            index = open_.pop()
            if index not in found:
                found.add(index)
                open_ += _parts(self.world.definitions[index].kind)
        return found

    def _has_resource(self, type_: model.Type) -> bool:
        open_, found = [*_indices(type_)], set[int]()
        while open_:
            index = open_.pop()
            if index not in found:
                found.add(index)
                kind = self.world.definitions[index].kind
                if isinstance(kind, model.Resource):
                    return True
                open_ += _parts(kind) if isinstance(kind, model.Alias) else ()
        return False

    def _claims(self) -> Iterator[Claim]:
        """Say what the module needs names for."""
        for definition in filter(self.is_declared, self.types):
            yield from self._type_claims(definition)
        for side in SIDES:
            for interface in filter(self.has_protocol, self.interfaces[side]):
                name = pascal_case(interface.name)
                ladder = (name, *_longer(interface, f"{name}{side.title()}"))
                yield Claim(("interface", interface.index, side), ladder, 3)
                if self.resources(interface):
                    yield Claim(("classes", interface.index, side), tuple(f"{each}Classes" for each in ladder), 4)
            for function in self.functions(side):
                name = pascal_case(function.name)
                yield Claim(("function", function.name, side), (name, f"{name}Function", f"{name}{side.title()}"), 3)
        world = pascal_case(self.world.name)
        yield Claim(("world",), (world, f"{world}World"), 1)

    def _type_claims(self, definition: model.Definition) -> Iterator[Claim]:
        name = pascal_case(definition.name or "")
        owner = None if definition.interface is None else self.world.interfaces[definition.interface]
        longer = (
            (f"{pascal_case(self.world.name)}{name}",)
            if owner is None
            else (f"{pascal_case(owner.name)}{name}", *_longer(owner, f"{pascal_case(owner.name)}{name}"))
        )
        ladder = (name, *longer)
        if not isinstance(definition.kind, model.Resource):
            yield Claim(("type", definition.index), ladder, 0)
            if isinstance(definition.kind, model.Variant):
                yield Claim(("any", definition.index), tuple(f"Any{each}" for each in ladder), 2)
            return
        sides = self.sides_of(definition)
        for side in sides:
            own = ladder if len(sides) == 1 else (*ladder[:1], f"{side.title()[:-1]}ed{name}", *ladder[1:])
            yield Claim(("resource", definition.index, side), own, 0)
            yield Claim(("factory", definition.index, side), tuple(f"{each}Factory" for each in own), 2)


def _longer(interface: model.Interface, name: str) -> tuple[str, ...]:
    """Return ever more precise names: with the package, and with its version."""
    path, _, version = interface.key.partition("@")
    package = pascal_case(path.partition("/")[0].replace(":", "-"))
    precise = f"{package}{name}"
    return (name, precise, f"{precise}V{version.replace('.', '_').replace('-', '_').replace('+', '_')}")


def _mentioned(functions: Iterable[model.Function]) -> Iterator[int]:
    for function in functions:
        for type_ in (*(parameter.type for parameter in function.parameters), function.result):
            yield from _indices(type_)


def _parts(kind: model.Kind) -> Iterator[int]:
    match kind:
        case model.Record(members) | model.Variant(members):
            for member in members:
                yield from _indices(member.type)
        case model.Alias(target):
            yield from _indices(target)
        case _:
            pass


def _indices(type_: model.Type | None) -> Iterator[int]:
    """Return the definitions that a type mentions directly."""
    match type_:
        case model.Reference(index) | model.HandleTo(index):
            yield index
        case model.ListOf(inner) | model.OptionOf(inner):
            yield from _indices(inner)
        case model.TupleOf(elements):
            for element in elements:
                yield from _indices(element)
        case model.ResultOf(ok, err):
            yield from _indices(ok)
            yield from _indices(err)
        case _:
            pass
