"""Matching what a plugin in Python has with what its contract exports."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any, TypeGuard

from componium._description import short_name
from componium._errors import ContractError
from componium._imports import match
from componium._types import pascal_case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from componium._kinds.python.source import Owner
    from componium._native_types import HostFunction

__all__ = ["ClassView", "find_exports"]


class ClassView:
    """A class as its instances will be, without making one.

    What the constructor sets is not known yet, and taken to be right.
    """

    def __init__(self, viewed: type) -> None:
        """Look at a class."""
        self._viewed = viewed

    def __getattr__(self, name: str) -> Any:  # of whatever the class has
        """Give an attribute as instances have it: functions without `self`."""
        found = inspect.getattr_static(self._viewed, name, None)
        if isinstance(found, FunctionType):
            return found.__get__(self, self._viewed)
        if found is None and name in self._set_by_constructor():
            return _Later()
        return getattr(self._viewed, name)

    def _set_by_constructor(self) -> tuple[str, ...]:
        code = getattr(self._viewed.__init__, "__code__", None)  # type: ignore[misc]  # only looked at
        return () if code is None else tuple(code.co_names)

    def __dir__(self) -> Iterable[str]:
        """List the attributes of the class."""
        return dir(self._viewed)

    def __repr__(self) -> str:
        """Name the class."""
        return repr(self._viewed)


class _Later:
    """What is known to come, but not what it is: a function, or all of an interface."""

    def __call__(self, *arguments: Any) -> None: ...


def find_exports(
    plugin: str,
    functions: Sequence[HostFunction],
    resources: Sequence[tuple[str | None, str]],
    owner: Owner,
    make: Callable[[type], Any],
) -> tuple[list[Callable[..., Any] | None], list[type]]:
    """Find everything that a contract exports.

    Args:
        plugin: What errors call the plugin.
        functions: What the contract exports.
        resources: Interface and class name of each resource that it exports.
        owner: What the plugin has.
        make: Makes an instance of a class.

    Returns:
        A callable for each function, `None` for methods, which objects have themselves; and the class of each resource.

    Raises:
        ContractError: Functions or classes are missing, or do not take the contract's arguments; all are listed.
    """
    keys = dict.fromkeys([*(function[0] for function in functions), *(interface for interface, _ in resources)])
    value = make(owner.value) if isinstance(owner.value, type) else owner.value
    providers = {key: _provider(value, key, alone=len(keys) == 1, make=make) for key in keys if key is not None}
    later = {key for key, provider in providers.items() if isinstance(provider, _Later)}
    for interface, _ in resources:
        if interface is not None and providers[interface] is not None:
            providers[interface] = _Chain(providers[interface], value, owner.companion(short_name(interface)))
    world = getattr(value, "WitWorld", None)
    found, classes, problems = match(
        [function for function in functions if function[0] not in later],
        [resource for resource in resources if resource[0] not in later],
        _Given(make(world) if _is_implementation(world) else value, providers),
    )
    if problems:
        listed = "\n  - ".join([f"{plugin} does not implement its contract:", *problems])
        raise ContractError(listed, problems)
    return found, classes


def _provider(value: Any, interface: str, *, alone: bool, make: Callable[[type], Any]) -> Any:
    """Find what has the functions of an interface.

    In order: an attribute of the interface's name, as generated classes of worlds have it; a class of that name in
    PascalCase, as componentize-py wants it; for the only interface of a world, the value itself.
    """
    short = short_name(interface)
    attribute = getattr(value, short, None)
    if attribute is not None and not isinstance(attribute, ModuleType) and not inspect.isroutine(attribute):
        return make(attribute) if isinstance(attribute, type) else attribute
    named = getattr(value, pascal_case(interface.rpartition("/")[2].partition("@")[0]), None)
    if _is_implementation(named):
        return make(named)
    if isinstance(attribute, ModuleType):
        return attribute
    return value if alone else None


def _is_implementation(value: Any) -> TypeGuard[type]:
    """Say whether something is a class that functions can be taken from, not only a protocol."""
    return isinstance(value, type) and not getattr(value, "_is_protocol", False)


class _Given(Mapping[str, Any]):
    """The attributes of an object, and what has the functions of each interface."""

    def __init__(self, owner: Any, providers: Mapping[str, Any]) -> None:
        self._owner = owner
        self._providers = providers

    def __getitem__(self, name: str) -> Any:
        found = self._providers.get(name)
        found = getattr(self._owner, name, None) if found is None else found
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter({*self._providers, *dir(self._owner)})

    def __len__(self) -> int:
        return len(list(iter(self)))


class _Chain:
    """The attributes of several objects; the first that has one gives it."""

    def __init__(self, *objects: Any) -> None:
        self._objects = objects

    def __getattr__(self, name: str) -> Any:
        for each in self._objects:
            if hasattr(each, name):
                return getattr(each, name)
        raise AttributeError(name)

    def __dir__(self) -> Iterable[str]:
        return {name for each in self._objects for name in dir(each)}
