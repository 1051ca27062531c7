"""What plugins run in while they are compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from componium._contract import Contract
    from componium._imports import Imports

Host: TypeAlias = "Imports | Callable[[], Imports] | str"
"""What plugins import, what makes that for each instance, or `MODULE:OBJECT`, where either of these is found."""


@dataclass(frozen=True)
class Setting:
    """What every instance of both plugins is given."""

    host: Callable[[], Imports] | None = None
    """Makes what they import; by default that is made of a case's answers."""
    host_name: str = ""
    """How a line of Python writes that."""
    contract: Contract | None = None
    """What both must implement."""
    trust: bool = False
    """Whether they may run outside the sandbox."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Options of `Component.instantiate`."""

    @classmethod
    def of(cls, host: Host | None, contract: Contract | None, options: Mapping[str, Any], *, trust: bool) -> Setting:
        """Make a setting of what the application gives.

        Raises:
            ValueError: The host is a name under which nothing is found.
        """
        if host is None:
            return cls(contract=contract, trust=trust, options=options)
        found = import_object(host) if isinstance(host, str) else host
        make = found if callable(found) else lambda: found
        return cls(make, host if isinstance(host, str) else "...", contract, trust, options)


def import_object(name: str) -> Any:
    """Import what `MODULE:OBJECT` names.

    Raises:
        ValueError: Nothing is found there.
    """
    module, colon, path = name.partition(":")
    if not colon or not module or not path:
        raise ValueError(f"{name!r} is not MODULE:OBJECT, such as `fakes:launcher_host`")
    try:
        found: Any = import_module(module)
        for part in path.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as error:
        raise ValueError(f"{name}: {error}") from error
    return found
