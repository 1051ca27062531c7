"""One component out of several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from componium import _native
from componium._component import Component
from componium._description import short_name
from componium._errors import ContractError
from componium._kinds.combined import Combined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from componium._contract import Contract

__all__ = ["combine"]


def combine(
    components: Iterable[Component] | Mapping[str, Component], *, contract: Contract, name: str | None = None
) -> Component:
    """Make one component of several, of any kinds: each exported interface of a contract comes from one of them.

    So a plugin can have a native part and a part in a sandbox, behind one instance. Each part is an instance of its own
    inside: it gets what it imports from the application, nothing from the other parts.

    Args:
        components: The components; where several export an interface, a mapping from the interface's name to the one
            that has it. An interface is named in full, without its version, or by its last part.
        contract: What they implement together.
        name: What errors call them; their own names by default.

    Returns:
        The component.

    Raises:
        ContractError: An interface comes from none or from several of them, or one does not fit the contract.
    """
    parts = list(dict.fromkeys(components.values() if isinstance(components, Mapping) else components))
    name = name or " + ".join(part.name for part in parts) or "nothing"
    wanted = [interface[0] for interface in _native.Component.python(contract._native, name).exports()]  # noqa: SLF001
    owners, problems = _assigned(wanted, components) if isinstance(components, Mapping) else _found(wanted, parts)
    for part in parts:
        problems += _mismatches(part, contract, [key for key in wanted if owners.get(key) is not part])
    if problems:
        listed = "\n  - ".join([f"{name} do not implement {contract.name} together:", *problems])
        raise ContractError(listed, problems)
    return Component(Combined(contract._native, {key: part._plugin for key, part in owners.items()}, name))  # noqa: SLF001


def _found(wanted: list[str | None], parts: list[Component]) -> tuple[dict[str | None, Component], list[str]]:
    """Find the one component that exports each interface."""
    owners: dict[str | None, Component] = {}
    problems: list[str] = []
    for key in wanted:
        exporting = [part for part in parts if any(interface.name == key for interface in part.exports)]
        if len(exporting) == 1:
            owners[key] = exporting[0]
        elif exporting:
            names = " and ".join(part.name for part in exporting)
            problems.append(f"{_place(key)} comes from {names}: say which with a mapping from interface to component")
        else:
            problems.append(f"{_place(key)} comes from none of them")
    return owners, problems


def _assigned(
    wanted: list[str | None], components: Mapping[str, Component]
) -> tuple[dict[str | None, Component], list[str]]:
    """Take the component that was named for each interface."""
    owners: dict[str | None, Component] = {}
    used: set[str] = set()
    problems: list[str] = []
    for key in wanted:
        names = ("",) if key is None else (key, key.partition("@")[0], short_name(key))
        found = next((name for name in names if name in components), None)
        if found is None:
            problems.append(f"{_place(key)} was given no component")
            continue
        used.add(found)
        owners[key] = components[found]
    problems += [f"the contract does not export {name!r}" for name in components if name not in used]
    return owners, problems


def _mismatches(part: Component, contract: Contract, foreign: list[str | None]) -> list[str]:
    """Say how a component does not fit the contract, apart from the interfaces that others have."""
    try:
        contract.check(part)
    except ContractError as error:
        places = tuple(_place(key) for key in foreign)
        mine = [each for each in error.problems if not each.removeprefix("it does not export ").startswith(places)]
        return [f"{part.name}: {each}" for each in mine]
    return []


def _place(interface: str | None) -> str:
    return "the world" if interface is None else f"`{interface}`"
