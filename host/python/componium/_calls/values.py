"""Values as JSON, by their WIT types: what is written reads back as the same value.

| WIT | JSON |
|---|---|
| `bool`, integers | the same |
| `f32`, `f64` | a number, or `"nan"`, `"inf"`, `"-inf"` |
| `char`, `string` | a string |
| `list<u8>` | a string in Base64 |
| `list<T>`, `tuple` | an array |
| `record` | an object, by the names in WIT |
| `variant` | a string, or an object with one member for a case with a payload |
| `enum`, `flags` | a string; an array of strings |
| `option<T>` | `null` or the value; where that is an option itself, `{"some": ...}` |
| `result<T, E>` | `{"ok": ...}` or `{"err": ...}` |
| `own<R>`, `borrow<R>` | the number of the handle |
"""

from __future__ import annotations

import base64
import math
import operator
import struct
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from componium._bindgen import model
from componium._calls.classes import case_classes_of, class_of
from componium._calls.handles import Handles
from componium._errors import UnsupportedType
from componium._types import Err, Ok, Some, snake_case, upper_case

if TYPE_CHECKING:
    from collections.abc import Callable

Json: TypeAlias = Any
"""What `json` reads and writes."""

INTEGERS: dict[str, tuple[int, int]] = {
    **{f"s{size}": (-(2 ** (size - 1)), 2 ** (size - 1) - 1) for size in (8, 16, 32, 64)},
    **{f"u{size}": (0, 2**size - 1) for size in (8, 16, 32, 64)},
}
"""The least and the greatest number of each integer type."""

FLOATS = frozenset({"f32", "f64"})
U8 = model.Primitive("u8")


class Values:
    """Writes values of a world's types as JSON, and reads them."""

    def __init__(self, world: model.World, handles: Handles | None = None, *, guest_side: bool = True) -> None:
        """Know the types of a world.

        Args:
            world: The world.
            handles: The handles of the instance whose calls these are.
            guest_side: Whether the values are of exported functions.
        """
        self.world = world
        self._handles = handles or Handles()
        own = world.exports.interfaces if guest_side else ()
        self._resources = {index for interface in own for index in interface.types}

    def write(self, type_: model.Type | None, value: Any) -> Json:  # noqa: PLR0911  # one for each kind
        """Write a value that the run time took or gave; a handle may be its number already.

        Raises:
            Exception: The value is not of the type; which exception depends on the value.
        """
        match type_:
            case None:
                return None
            case model.Primitive(name):
                return _write_primitive(name, value)
            case model.ListOf(element):
                return self._write_list(element, value)
            case model.TupleOf(elements):
                return [self.write(element, each) for element, each in zip(elements, value, strict=True)]
            case model.OptionOf(some):
                return self._write_option(some, value)
            case model.ResultOf(ok, err):
                is_ok = isinstance(value, Ok)
                return {"ok" if is_ok else "err": self.write(ok if is_ok else err, value.value)}
            case model.HandleTo(resource):
                index = self._resource(resource)
                return value if isinstance(value, int) else self._handles.number(index, value)
            case model.Reference(index):
                return self._write_definition(self.world.resolve(index), value)
            case model.Unsupported(name):
                raise UnsupportedType(f"values of the type `{name}` cannot cross between guests and Python yet")

    def read(self, type_: model.Type | None, data: Json, place: str = "value") -> Any:  # noqa: PLR0911
        """Read a value as it comes out of a guest.

        Args:
            type_: The type.
            data: What `write` made; `{}` stands for `null` too, which TOML does not have.
            place: What errors call the value.

        Raises:
            ValueError: The data is not of the type; the message has place, type and data.
            NoHandle: The handle of this number is not there.
        """
        match type_:
            case None:
                return _expect(data is None or data == {}, None, place, "null", data)
            case model.Primitive(name):
                return _read_primitive(name, data, place)
            case model.ListOf(element):
                return self._read_list(element, data, place)
            case model.TupleOf(elements):
                _expect(_is_list(data) and len(data) == len(elements), data, place, f"{len(elements)} values", data)
                pairs = zip(elements, data, strict=True)
                return tuple(self.read(element, each, f"{place}[{at}]") for at, (element, each) in enumerate(pairs))
            case model.OptionOf(some):
                return self._read_option(some, data, place)
            case model.ResultOf(ok, err):
                key, payload = _single(data, place, ("ok", "err"))
                return Ok(self.read(ok, payload, place)) if key == "ok" else Err(self.read(err, payload, place))
            case model.HandleTo(resource):
                _expect(isinstance(data, int), data, place, "the number of a handle", data)
                return self._handles.choose(self._resource(resource), data)
            case model.Reference(index):
                return self._read_definition(self.world.resolve(index), data, place)
            case model.Unsupported(name):
                raise UnsupportedType(f"values of the type `{name}` cannot cross between guests and Python yet")

    def _resource(self, index: int) -> int:
        definition = self.world.resolve(index)
        if definition.index not in self._resources:
            raise UnsupportedType(
                f"the resource `{definition.name}` belongs to the application: its objects cannot be written down"
            )
        return definition.index

    def _write_list(self, element: model.Type, value: Any) -> Json:
        try:
            value = memoryview(value)
        except TypeError:
            pass
        else:
            value = value.tolist()
        if self.world.bare(element) == U8:
            return base64.b64encode(bytes(value)).decode("ascii")
        return [self.write(element, each) for each in value]

    def _read_list(self, element: model.Type, data: Json, place: str) -> Any:
        if self.world.bare(element) == U8 and isinstance(data, str):
            return base64.b64decode(data, validate=True)
        _expect(_is_list(data), data, place, "a list", data)
        found = [self.read(element, each, f"{place}[{at}]") for at, each in enumerate(data)]
        return bytes(found) if self.world.bare(element) == U8 else found

    def _write_option(self, some: model.Type, value: Any) -> Json:
        if value is None:
            return None
        written = self.write(some, value.value if isinstance(value, Some) else value)
        return {"some": written} if isinstance(self.world.bare(some), model.OptionOf) else written

    def _read_option(self, some: model.Type, data: Json, place: str) -> Any:
        if data is None or data == {}:
            return None
        if isinstance(self.world.bare(some), model.OptionOf):
            return Some(self.read(some, _single(data, place, ("some",))[1], place))
        return self.read(some, data, place)

    def _write_definition(self, definition: model.Definition, value: Any) -> Json:
        match definition.kind:
            case model.Alias(target):
                return self.write(target, value)
            case model.Record(fields):
                part: Callable[[str], Any] = (
                    value.__getitem__ if isinstance(value, Mapping) else lambda name: getattr(value, name)
                )
                return {field.name: self.write(field.type, part(snake_case(field.name))) for field in fields}
            case model.Variant(cases):
                classes = case_classes_of(self.world, definition, definition.kind)
                case = cases[classes.index(type(value))]
                return case.name if case.type is None else {case.name: self.write(case.type, value.value)}
            case model.Enum(cases):
                return _expect(value in {case.name for case in cases}, str(value), "value", "a case", value)
            case model.Flags(flags):
                return _write_flags(tuple(flag.name for flag in flags), value)
            case model.Resource():
                raise TypeError("values are of handles, not of resources")

    def _read_definition(self, definition: model.Definition, data: Json, place: str) -> Any:
        match definition.kind:
            case model.Alias(target):
                return self.read(target, data, place)
            case model.Record(fields):
                return self._read_record(definition, fields, data, place)
            case model.Variant():
                return self._read_variant(definition, definition.kind, data, place)
            case model.Enum(cases):
                names = [case.name for case in cases]
                _expect(isinstance(data, str) and data in names, data, place, f"one of {', '.join(names)}", data)
                return class_of(self.world, definition)(data)
            case model.Flags(flags):
                return self._read_flags(definition, [flag.name for flag in flags], data, place)
            case model.Resource():
                raise TypeError("values are of handles, not of resources")

    def _read_record(
        self, definition: model.Definition, fields: tuple[model.Member, ...], data: Json, place: str
    ) -> Any:
        names = {field.name for field in fields}
        wanted = f"an object with {', '.join(field.name for field in fields)}"
        _expect(isinstance(data, dict) and set(data) == names, data, place, wanted, data)
        made = class_of(self.world, definition)
        return made(*(self.read(field.type, data[field.name], f"{place}.{field.name}") for field in fields))

    def _read_variant(self, definition: model.Definition, variant: model.Variant, data: Json, place: str) -> Any:
        names = [case.name for case in variant.cases]
        key, payload = (data, None) if isinstance(data, str) else _single(data, place, names)
        _expect(key in names, key, place, f"one of {', '.join(names)}", data)
        index = names.index(key)
        made, type_ = case_classes_of(self.world, definition, variant)[index], variant.cases[index].type
        return made() if type_ is None else made(self.read(type_, payload, f"{place}.{key}"))

    def _read_flags(self, definition: model.Definition, names: list[str], data: Json, place: str) -> Any:
        known = _is_list(data) and all(name in names for name in data)
        _expect(known, data, place, f"some of {', '.join(names)}", data)
        return class_of(self.world, definition)(sum(1 << names.index(name) for name in set(data)))


def _write_primitive(name: str, value: Any) -> Json:
    if name in INTEGERS:
        low, high = INTEGERS[name]
        value = operator.index(value)
        return _expect(low <= value <= high, value, "value", name, value)
    if name in FLOATS:
        number = float(value)
        if name == "f32":
            [number] = struct.unpack("<f", struct.pack("<f", number))
        return number if math.isfinite(number) else repr(number)
    return value


def _read_primitive(name: str, data: Json, place: str) -> Any:
    if name in INTEGERS:
        low, high = INTEGERS[name]
        is_int = isinstance(data, int) and not isinstance(data, bool)
        return _expect(is_int and low <= data <= high, data, place, name, data)
    if name in FLOATS:
        known = isinstance(data, int | float) and not isinstance(data, bool)
        _expect(known or data in {"nan", "inf", "-inf"}, data, place, name, data)
        return float(data)
    if name == "bool":
        return _expect(isinstance(data, bool), data, place, name, data)
    return _expect(isinstance(data, str) and (name != "char" or len(data) == 1), data, place, name, data)


def _write_flags(names: tuple[str, ...], value: Any) -> Json:
    if isinstance(value, str):
        given = {upper_case(value)}
    elif hasattr(value, "value"):
        return [name for bit, name in enumerate(names) if value.value >> bit & 1]
    else:
        given = {upper_case(str(getattr(each, "name", each))) for each in value}
    return [name for name in names if upper_case(name) in given]


def _single(data: Json, place: str, names: tuple[str, ...] | list[str]) -> tuple[str, Json]:
    """Take an object with one member apart."""
    known = isinstance(data, dict) and len(data) == 1 and next(iter(data)) in names
    _expect(known, data, place, f"an object with one of {', '.join(names)}", data)
    found: tuple[str, Json] = next(iter(data.items()))
    return found


def _is_list(data: Json) -> bool:
    return isinstance(data, list | tuple)


def _expect(good: bool, value: Any, place: str, wanted: str, data: Json) -> Any:  # noqa: FBT001  # a condition
    if not good:
        raise ValueError(f"{place}: expected {wanted}, got {data!r}")
    return value
