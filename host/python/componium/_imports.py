"""Matching the application's functions with what a component imports."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from componium._description import short_name
from componium._errors import ImportsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Imports", "resolve_imports"]

Imports = Mapping[str, Any]
"""By interface name, an object or a mapping with a callable for each function; by function name, a callable."""


def resolve_imports(component: str, wanted: list[tuple[str | None, str]], given: Imports) -> list[Callable[..., Any]]:
    """Find the callable for every function that a component imports.

    Args:
        component: What errors call the component.
        wanted: Interface (`None` for the world itself) and Python name of each function.
        given: What the application provides; an interface is named in full, without its version, or by its last part.

    Returns:
        A callable for each wanted function, in the same order.

    Raises:
        ImportsError: Functions are missing or not callable; all are listed, with names that are near.
    """
    problems: list[str] = []
    found: list[Callable[..., Any]] = []
    for interface, name in wanted:
        provider = given if interface is None else _provider(interface, given)
        function = None if provider is None else _lookup(provider, name)
        if callable(function):
            found.append(function)
        else:
            problems.append(_problem(interface, name, given, provider, function))
    if problems:
        listed = "\n  - ".join([f"{component} imports functions that were not given:", *problems])
        raise ImportsError(listed, problems)
    return found


def _problem(interface: str | None, name: str, given: Imports, provider: Any, function: Any) -> str:
    """Say why there is no callable, and what was probably meant."""
    place = name if interface is None else f"{interface}: {name}"
    if provider is None:
        wanted = short_name(str(interface))
        return f"{place}: nothing was given for the interface `{wanted}`{_near(wanted, given)}"
    if function is None:
        return f"{place}: missing{_near(name, _names(provider))}"
    return f"{place}: {function!r} is not callable"


def _keys(interface: str) -> tuple[str, str, str]:
    """Return the names under which an interface may be given, the most precise first."""
    return interface, interface.partition("@")[0], short_name(interface)


def _provider(interface: str, given: Imports) -> Any:
    return next((given[key] for key in _keys(interface) if key in given), None)


def _lookup(provider: Any, name: str) -> Any:
    return provider.get(name) if isinstance(provider, Mapping) else getattr(provider, name, None)


def _names(provider: Any) -> Iterable[str]:
    return provider if isinstance(provider, Mapping) else dir(provider)


def _near(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, [str(candidate) for candidate in names], n=1)
    return f"; did you mean `{near[0]}`?" if near else ""
