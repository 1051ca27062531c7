"""Python classes for named WIT types, made when a component is loaded or bindings are imported, whichever is first.

The same WIT type in two components gives the same class, so that their values compare equal. Two types are the same if
interface, name and the names inside them are the same.
"""

from __future__ import annotations

import dataclasses
import enum
import keyword
import threading
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Err", "Ok", "Some"]

T_co = TypeVar("T_co", covariant=True)


@dataclasses.dataclass(frozen=True, slots=True)
class Ok(Generic[T_co]):
    """The good case of a nested WIT `result`."""

    value: T_co = None  # type: ignore[assignment]  # a result without a payload


@dataclasses.dataclass(frozen=True, slots=True)
class Err(Generic[T_co]):
    """The error case of a nested WIT `result`."""

    value: T_co = None  # type: ignore[assignment]  # a result without a payload


@dataclasses.dataclass(frozen=True, slots=True)
class Some(Generic[T_co]):
    """A present value of a nested WIT `option`, where a plain `None` would be ambiguous."""

    value: T_co


def snake_case(name: str) -> str:
    """Turn a WIT name into the name of a Python function, attribute or parameter.

    Args:
        name: A kebab-case name.

    Returns:
        The snake_case name, with an underscore appended to Python's keywords.
    """
    name = name.replace("-", "_").lower()
    return f"{name}_" if keyword.iskeyword(name) else name


def pascal_case(name: str) -> str:
    """Turn a WIT name into the name of a Python class.

    Args:
        name: A kebab-case name.

    Returns:
        The PascalCase name.
    """
    name = "".join(part[:1].upper() + part[1:] for part in name.split("-"))
    return f"{name}_" if keyword.iskeyword(name) else name


def upper_case(name: str) -> str:
    """Turn a WIT name into the name of an enum's or a flags' member.

    Args:
        name: A kebab-case name.

    Returns:
        The UPPER_CASE name.
    """
    return name.replace("-", "_").upper()


def record_class(interface: str, name: str, fields: tuple[tuple[str, str], ...]) -> type[Any]:
    """Give the frozen dataclass of a WIT record.

    Args:
        interface: The interface that owns the type, such as `componium:launcher/runner@0.1.0`.
        name: The record's WIT name.
        fields: The Python name and the type of each field; the type is documentation.

    Returns:
        The class; the same one for the same names.
    """
    interface = _owner(interface)
    names = tuple(field for field, _ in fields)

    def reduce(record: Any) -> Any:
        return _restore_record, (interface, name, fields, tuple(getattr(record, field) for field in names))

    def make() -> type[Any]:
        # Said to be a field without default, `mro` does not get the method of `type` as its default.
        attributes = [(field, annotation, dataclasses.field()) for field, annotation in fields]
        made = dataclasses.make_dataclass(
            pascal_case(name), attributes, namespace={"__reduce__": reduce}, frozen=True, slots=True
        )
        return _attach(made, **_documented(interface, f"Record `{name}`"))

    return _once(("record", interface, name, names), make)


_CASES = "_cases"
"""The attribute by which a variant's class knows its cases in order."""


def variant_class(interface: str, name: str, cases: tuple[tuple[str, bool], ...]) -> tuple[type[Any], list[type[Any]]]:
    """Give the classes of a WIT variant.

    Args:
        interface: The interface that owns the type.
        name: The variant's WIT name.
        cases: The WIT name of each case, and whether it has a payload.

    Returns:
        The base class, and a frozen dataclass for each case, which is also an attribute of the base class.
    """
    return case_classes(interface, name, tuple((pascal_case(case), payload) for case, payload in cases))


def case_classes(interface: str, name: str, cases: tuple[tuple[str, bool], ...]) -> tuple[type[Any], list[type[Any]]]:
    """Give the classes of a WIT variant by the Python names of its cases; see `variant_class`."""
    interface = _owner(interface)

    def make() -> type[Any]:
        base = type(pascal_case(name), (), {"__slots__": (), **_documented(interface, f"Variant `{name}`")})
        made = [_case_class(base, (interface, name, cases), index) for index in range(len(cases))]
        return _attach(base, **{case.__name__: case for case in made}, **{_CASES: made})

    made = _once(("variant", interface, name, cases), make)
    return made, vars(made)[_CASES]


def variant_cases(made: type[Any]) -> list[type[Any]]:
    """Give the classes of a variant's cases, in order; none for the class of any other type."""
    return list(vars(made).get(_CASES, ()))


def _case_class(base: type, variant: tuple[str, str, tuple[tuple[str, bool], ...]], index: int) -> type[Any]:
    name, has_payload = variant[2][index]

    def reduce(case: Any) -> Any:
        return _restore_case, (*variant, index, (case.value,) if has_payload else ())

    fields = [("value", Any)] if has_payload else []
    made = dataclasses.make_dataclass(
        name, fields, bases=(base,), namespace={"__reduce__": reduce}, frozen=True, slots=True
    )
    documented = {"__module__": base.__module__, "__qualname__": f"{base.__name__}.{name}"}
    return _attach(made, **documented, __doc__=f"Case of {base.__doc__}")


def enum_class(interface: str, name: str, names: tuple[str, ...]) -> tuple[type[enum.StrEnum], list[enum.StrEnum]]:
    """Give the class of a WIT enum; members compare equal to their WIT names.

    Args:
        interface: The interface that owns the type.
        name: The enum's WIT name.
        names: The WIT names of its cases, in order.

    Returns:
        The class, and its members in order.
    """
    interface = _owner(interface)

    def reduce(member: enum.StrEnum, protocol: int) -> Any:
        del protocol
        return _restore_enum, (interface, name, names, member.value)

    def make() -> type[enum.StrEnum]:
        members = [(upper_case(case), case) for case in names]
        made = enum.StrEnum(pascal_case(name), members)  # type: ignore[misc]  # mypy wants literal names
        return _attach(made, **_documented(interface, f"Enum `{name}`"), __reduce_ex__=reduce)

    made = _once(("enum", interface, name, names), make)
    return made, list(made)


class Flags(enum.Flag):
    """The base of WIT flags.

    `enum.Flag` keeps every combination that it was ever asked for, and gives each a name of all its members' names. Of
    32 flags there are 2^32, and they come from guests: here combinations are made anew, and named when somebody looks.
    """

    @classmethod
    def _missing_(cls, value: object) -> Any:
        if not isinstance(value, int) or value < 0 or value >> len(cls):
            return super()._missing_(value)  # says what is wrong with it
        combination = object.__new__(cls)
        combination._value_ = value
        return combination

    def __getattr__(self, name: str) -> Any:
        if name != "_name_":
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return "|".join(str(member.name) for member in self) or None

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._value_ == other._value_

    def __hash__(self) -> int:
        return hash(self._value_)


def flags_class(interface: str, name: str, names: tuple[str, ...]) -> tuple[type[Flags], list[Flags]]:
    """Give the class of WIT flags.

    Args:
        interface: The interface that owns the type.
        name: The WIT name of the flags.
        names: The names of the flags, in order, as in WIT or in Python.

    Returns:
        The class, and its members in order.
    """
    interface = _owner(interface)
    names = tuple(map(upper_case, names))

    def reduce(member: Flags, protocol: int) -> Any:
        del protocol
        return _restore_flags, (interface, name, names, member.value)

    def make() -> type[Flags]:
        members = {flag: 1 << bit for bit, flag in enumerate(names)}
        made: type[Flags] = Flags(pascal_case(name), members)  # type: ignore[call-arg, assignment]  # mypy sees no enum
        return _attach(made, **_documented(interface, f"Flags `{name}`"), __reduce_ex__=reduce)

    made = _once(("flags", interface, name, names), make)
    return made, [made(1 << bit) for bit in range(len(names))]


_made: WeakValueDictionary[tuple[Any, ...], type[Any]] = WeakValueDictionary()
"""The classes in use, by kind, interface, name and the names inside: an application may load any number of plugins."""
_entering = threading.Lock()

Made = TypeVar("Made", bound=type[Any])


def _once(key: tuple[Any, ...], make: Callable[[], Made]) -> Made:
    """Give what was made for `key` first: threads that load components at once must end up with one class."""
    found = _made.get(key)
    if found is None:
        made = make()
        with _entering:
            found = _made.setdefault(key, made)
    return cast("Made", found)


def _owner(interface: str) -> str:
    """Name the owner of a type; none for a world's own types, since a component calls every world `root`."""
    return interface if ":" in interface else ""


def _documented(interface: str, what: str) -> dict[str, Any]:
    """Make the attributes that say what a class stands for, until bindings say more."""
    return {"__module__": interface or "componium", "__doc__": f"{what} of `{interface or 'the world'}`."}


def _attach(made: Made, **attributes: Any) -> Made:
    """Set attributes that dataclasses and enums do not take when they are made."""
    for attribute, value in attributes.items():
        setattr(made, attribute, value)
    return made


def _restore_record(interface: str, name: str, fields: tuple[tuple[str, str], ...], values: tuple[Any, ...]) -> Any:
    return record_class(interface, name, fields)(*values)


def _restore_case(
    interface: str, name: str, cases: tuple[tuple[str, bool], ...], index: int, values: tuple[Any, ...]
) -> Any:
    return case_classes(interface, name, cases)[1][index](*values)


def _restore_enum(interface: str, name: str, names: tuple[str, ...], value: str) -> enum.StrEnum:
    return enum_class(interface, name, names)[0](value)


def _restore_flags(interface: str, name: str, names: tuple[str, ...], value: int) -> Flags:
    return flags_class(interface, name, names)[0](value)
