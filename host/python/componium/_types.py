"""Python classes for named WIT types, made when a component is loaded.

The same WIT type in two components gives the same class, so that their values compare equal.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import keyword
from typing import Any, Generic, TypeVar

__all__ = ["Err", "Ok", "Some"]

T = TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True)
class Ok(Generic[T]):
    """The good case of a nested WIT `result`."""

    value: T = None  # type: ignore[assignment]  # a result without a payload


@dataclasses.dataclass(frozen=True, slots=True)
class Err(Generic[T]):
    """The error case of a nested WIT `result`."""

    value: T = None  # type: ignore[assignment]  # a result without a payload


@dataclasses.dataclass(frozen=True, slots=True)
class Some(Generic[T]):
    """A present value of a nested WIT `option`, where a plain `None` would be ambiguous."""

    value: T


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


@functools.cache
def record_class(interface: str, name: str, fields: tuple[tuple[str, str], ...]) -> type:
    """Make the frozen dataclass of a WIT record.

    Args:
        interface: The interface that owns the type, such as `componium:launcher/runner@0.1.0`.
        name: The record's WIT name.
        fields: The Python name and the WIT type of each field.

    Returns:
        The class; the same one for the same arguments.
    """
    attributes = list(fields)
    namespace = {"__doc__": f"Record `{name}` of `{interface}`.", "__reduce__": _Reduce(interface, name, fields)}
    return dataclasses.make_dataclass(pascal_case(name), attributes, namespace=namespace, frozen=True, slots=True)


class _Reduce:
    """The `__reduce__` of a record class, which is no module's attribute and so is pickled as what it is made from."""

    def __init__(self, interface: str, name: str, fields: tuple[tuple[str, str], ...]) -> None:
        self._made_from = interface, name, fields

    def __get__(self, record: Any, owner: type) -> Any:
        fields = self._made_from[2]
        return lambda: (_restore_record, (*self._made_from, tuple(getattr(record, name) for name, _ in fields)))


def _restore_record(interface: str, name: str, fields: tuple[tuple[str, str], ...], values: tuple[Any, ...]) -> Any:
    return record_class(interface, name, fields)(*values)


@functools.cache
def variant_class(interface: str, name: str, cases: tuple[tuple[str, bool], ...]) -> tuple[type, list[type]]:
    """Make the classes of a WIT variant.

    Args:
        interface: The interface that owns the type.
        name: The variant's WIT name.
        cases: The WIT name of each case, and whether it has a payload.

    Returns:
        The base class, and a frozen dataclass for each case, which is also an attribute of the base class.
    """
    base = type(pascal_case(name), (), {"__slots__": (), "__doc__": f"Variant `{name}` of `{interface}`."})
    classes = []
    for case, has_payload in cases:
        fields = [("value", Any)] if has_payload else []
        made = dataclasses.make_dataclass(pascal_case(case), fields, bases=(base,), frozen=True, slots=True)
        made.__qualname__ = f"{base.__name__}.{made.__name__}"
        setattr(base, made.__name__, made)
        classes.append(made)
    return base, classes


@functools.cache
def enum_class(interface: str, name: str, names: tuple[str, ...]) -> tuple[type[enum.StrEnum], list[enum.StrEnum]]:
    """Make the class of a WIT enum; members compare equal to their WIT names.

    Args:
        interface: The interface that owns the type.
        name: The enum's WIT name.
        names: The WIT names of its cases, in order.

    Returns:
        The class, and its members in order.
    """
    members = [(upper_case(case), case) for case in names]
    made = enum.StrEnum(pascal_case(name), members)  # type: ignore[misc]  # mypy wants literal names
    made.__doc__ = f"Enum `{name}` of `{interface}`."
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


@functools.cache
def flags_class(interface: str, name: str, names: tuple[str, ...]) -> tuple[type[Flags], list[Flags]]:
    """Make the class of WIT flags.

    Args:
        interface: The interface that owns the type.
        name: The WIT name of the flags.
        names: The WIT names of the flags, in order.

    Returns:
        The class, and its members in order.
    """
    members = {upper_case(flag): 1 << bit for bit, flag in enumerate(names)}
    made: type[Flags] = Flags(pascal_case(name), members)  # type: ignore[call-arg, assignment]  # mypy sees no enum
    made.__doc__ = f"Flags `{name}` of `{interface}`."
    return made, [made(1 << bit) for bit in range(len(names))]
