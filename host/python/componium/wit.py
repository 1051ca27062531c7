"""What modules written by `componium bindgen` are made of.

A generated module declares each type of a contract once, as a class statement with a decorator of this module. The
decorator gives the very class whose instances come out of guests, whichever was first: the import or a component.
"""

from __future__ import annotations

import dataclasses
import inspect
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self, TypedDict, TypeVar, dataclass_transform

from componium._contract import Contract
from componium._instance import Instance
from componium._types import case_classes, enum_class, flags_class, record_class

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from enum import Flag, StrEnum
    from types import TracebackType

    from typing_extensions import Buffer, deprecated

    from componium._component import Component
    from componium._grants import Folder

else:
    # For type checkers alone: Python 3.11 has neither, and guests' functions carry no decorators.
    Buffer = object

    def deprecated(_message: str) -> Callable[[T], T]:
        """Mark what the contract deprecates."""
        return lambda declared: declared


__all__ = ["Buffer", "Handle", "Options", "World", "case", "deprecated", "enum", "flags", "record", "variant"]

T = TypeVar("T")
E = TypeVar("E", bound="StrEnum")
F = TypeVar("F", bound="Flag")


@dataclass_transform(frozen_default=True)
def record(interface: str, name: str) -> Callable[[type[T]], type[T]]:
    """Declare a WIT record.

    Args:
        interface: The interface that owns the type; empty where a world does.
        name: The record's WIT name.

    Returns:
        The decorator.
    """

    def declare(declared: type[T]) -> type[T]:
        fields = inspect.get_annotations(declared)
        made: type[T] = record_class(interface, name, tuple(fields.items()))
        return _describe(made, declared)

    return declare


def variant(interface: str, name: str) -> Callable[[type[T]], type[T]]:
    """Declare a WIT variant, whose cases are classes in the class; see `record`."""

    def declare(declared: type[T]) -> type[T]:
        cases = [member for member in vars(declared).values() if isinstance(member, type)]
        shape = tuple((member.__name__, "value" in inspect.get_annotations(member)) for member in cases)
        made, classes = case_classes(interface, name, shape)
        for one, member in zip(classes, cases, strict=True):
            _describe(one, member)
        return _describe(made, declared)

    return declare


@dataclass_transform(frozen_default=True)
def case(declared: type[T]) -> type[T]:
    """Declare a case of a WIT variant; its payload, if it has one, is called `value`."""
    return declared


def enum(interface: str, name: str) -> Callable[[type[E]], type[E]]:
    """Declare a WIT enum; see `record`."""

    def declare(declared: type[E]) -> type[E]:
        made: Any = enum_class(interface, name, tuple(member.value for member in declared))[0]
        return _describe(made, declared)

    return declare


def flags(interface: str, name: str) -> Callable[[type[F]], type[F]]:
    """Declare WIT flags; see `record`."""

    def declare(declared: type[F]) -> type[F]:
        made: Any = flags_class(interface, name, tuple(declared.__members__))[0]
        return _describe(made, declared)

    return declare


def _describe(made: type[T], declared: type[Any]) -> type[T]:
    """Give a class that guests' values have what its declaration says: name, module, documentation, types of fields."""
    for attribute in ("__name__", "__qualname__", "__module__"):
        setattr(made, attribute, getattr(declared, attribute))
    made.__doc__ = declared.__doc__ or made.__doc__
    if dataclasses.is_dataclass(made):
        annotations = inspect.get_annotations(declared)
        made.__annotations__ = annotations
        made.__init__.__annotations__.update(annotations)
        for field in dataclasses.fields(made):
            field.type = annotations[field.name]
    return made


class Handle(Protocol):
    """A handle of a guest's resource: a context manager that drops the resource."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None, /
    ) -> None: ...


class Options(TypedDict, total=False):
    """The options of an instance, as `Component.instantiate` describes them.

    Without `arrays`, which changes the types of what comes out.
    """

    grants: Iterable[Folder]
    deadline: float | None
    memory: int | None
    environment: Mapping[str, str] | None
    worker: bool


class World(Instance):
    """A running component that is known to implement a contract; the base of generated classes."""

    _wit: ClassVar[str]
    _contract: ClassVar[Contract | None] = None

    def __init_subclass__(cls, *, contract: str) -> None:
        """Take the contract, as WIT text; it is read when the first component is checked."""
        cls._wit = contract

    @classmethod
    def contract(cls) -> Contract:
        """Give the contract that components are checked against."""
        if cls._contract is None:
            cls._contract = Contract.parse(cls._wit)
        return cls._contract

    @classmethod
    def _start(cls, component: Component, imports: Mapping[str, Any], options: Options) -> Self:
        """Check a component and make an instance of it."""
        cls.contract().check(component)
        started = component.instantiate(imports, **options)
        resources = component._resources  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # of this package
        return cls(started._native, component.exports, resources)  # noqa: SLF001
