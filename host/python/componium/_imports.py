"""Matching what the application provides with what a component imports."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from componium._description import short_name
from componium._errors import ImportsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from componium._native_types import HostFunction

__all__ = ["Imports", "match", "resolve_imports", "takes"]

Imports = Mapping[str, Any]
"""By interface name, an object or a mapping with a callable for each function and a class for each resource; by its own
name, what the world itself imports."""


def resolve_imports(
    component: str,
    functions: list[HostFunction],
    resources: list[tuple[str | None, str]],
    given: Imports,
) -> tuple[list[Callable[..., Any] | None], list[type]]:
    """Find everything that a component imports.

    Args:
        component: What errors call the component.
        functions: The functions that it imports.
        resources: Interface (`None` for the world itself) and class name of each resource that it imports.
        given: What the application provides; an interface is named in full, without its version, or by its last part.

    Returns:
        A callable for each function, in the same order; `None` for methods, which objects have themselves. And the
        class of each resource.

    Raises:
        ImportsError: Functions or classes are missing, or are not what the WIT asks for; all are listed, with names
            that are near.
    """
    found, classes, problems = match(functions, resources, given)
    if problems:
        listed = "\n  - ".join([f"{component} imports what was not given as its WIT says:", *problems])
        raise ImportsError(listed, problems)
    return found, classes


def match(
    functions: list[HostFunction], resources: list[tuple[str | None, str]], given: Imports
) -> tuple[list[Callable[..., Any] | None], list[type], list[str]]:
    """Find what implements functions and resources in Python; see `resolve_imports`.

    Returns:
        The functions, the classes, and every problem: with one, the rest is not complete.
    """
    problems: list[str] = []
    classes = {key: _class(*key, given, problems) for key in resources}
    found = [_function(_Wanted(*function), classes, given, problems) for function in functions]
    return found, list(classes.values()), problems


@dataclass(frozen=True)
class _Wanted:
    """A function that a component imports."""

    interface: str | None
    name: str
    member: tuple[str, str] | None
    """Class name and kind, for a function of a resource."""
    parameters: list[str]
    wit: str


def _class(interface: str | None, name: str, given: Imports, problems: list[str]) -> type:
    """Find the class of a resource, or add to the problems."""
    provider, found = _find(interface, name, given)
    if isinstance(found, type):
        return found
    problems.append(_problem((interface, name), given, provider, found, "not a class"))
    return object


def _function(
    wanted: _Wanted, classes: dict[tuple[str | None, str], type], given: Imports, problems: list[str]
) -> Callable[..., Any] | None:
    """Find a function, or add to the problems."""
    if wanted.member is not None:
        name, kind = wanted.member
        owner = classes[wanted.interface, name]
        if owner is object and problems:
            return None  # its own problem was told
        return _member(wanted, owner, kind, problems)
    provider, found = _find(wanted.interface, wanted.name, given)
    if not callable(found):
        problems.append(_problem((wanted.interface, wanted.name), given, provider, found, "not callable"))
        return None
    function: Callable[..., Any] = found
    _check(function, wanted, problems)
    return function


def _member(wanted: _Wanted, owner: type, kind: str, problems: list[str]) -> Callable[..., Any] | None:
    """Find the constructor, a method or a static function of a class."""
    if kind == "constructor":
        _check(owner, wanted, problems)
        return owner
    function: Callable[..., Any] | None = getattr(owner, wanted.name, None)
    if not callable(function):
        place = f"{_place(wanted.interface)}{owner.__name__}.{wanted.name}"
        problems.append(f"{place}: missing{_near(wanted.name, dir(owner))} ({wanted.wit})")
        return None
    _check(function, wanted, problems)
    return None if kind == "method" else function


def _check(function: Callable[..., Any], wanted: _Wanted, problems: list[str]) -> None:
    """Check that a function takes the arguments that its WIT passes."""
    place = f"{_place(wanted.interface)}{wanted.name}"
    if inspect.iscoroutinefunction(function):
        problems.append(f"{place}: a coroutine function; guests call functions that return at once ({wanted.wit})")
        return
    if not takes(function, len(wanted.parameters)):
        names = ", ".join(wanted.parameters)
        problems.append(f"{place}: {function!r} cannot be called with ({names}) ({wanted.wit})")


_taken: WeakKeyDictionary[Any, dict[int, bool]] = WeakKeyDictionary()
"""What was found out about functions: looking at a signature takes longer than all else that instantiating does."""


def takes(function: Callable[..., Any], count: int) -> bool:
    """Say whether a function can be called with so many positional arguments."""
    bound = inspect.ismethod(function)
    plain = function.__func__ if inspect.ismethod(function) else function
    try:
        known = _taken.setdefault(plain, {})
    except TypeError:  # neither every callable can be hashed nor referred to weakly
        known = {}
    count += bound
    if count not in known:
        known[count] = _signature_takes(plain, count)
    return known[count]


def _signature_takes(function: Callable[..., Any], count: int) -> bool:
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return True  # functions in C do not all tell
    try:
        signature.bind(*(None,) * count)
    except TypeError:
        return False
    return True


def _problem(key: tuple[str | None, str], given: Imports, provider: Any, found: Any, wrong: str) -> str:
    """Say why an import cannot be served, and what was probably meant."""
    interface, name = key
    place = f"{_place(interface)}{name}"
    if provider is None:
        wanted = short_name(str(interface))
        return f"{place}: nothing was given for the interface `{wanted}`{_near(wanted, given)}"
    if found is None:
        return f"{place}: missing{_near(name, _names(provider))}"
    return f"{place}: {found!r} is {wrong}"


def _place(interface: str | None) -> str:
    return "" if interface is None else f"{interface}: "


def _find(interface: str | None, name: str, given: Imports) -> tuple[Any, Any]:
    """Return what was given for the interface, and what that has under the name."""
    provider = given if interface is None else next((given[key] for key in _keys(interface) if key in given), None)
    if provider is None:
        return None, None
    return provider, provider.get(name) if isinstance(provider, Mapping) else getattr(provider, name, None)


def _keys(interface: str) -> tuple[str, str, str]:
    """Return the names under which an interface may be given, the most precise first."""
    return interface, interface.partition("@")[0], short_name(interface)


def _names(provider: Any) -> Iterable[str]:
    return provider if isinstance(provider, Mapping) else dir(provider)


def _near(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, [str(candidate) for candidate in names], n=1)
    return f"; did you mean `{near[0]}`?" if near else ""
