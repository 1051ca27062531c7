"""The kinds, and what each can promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from componium._errors import TrustRequired

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ENFORCES", "TRUST", "Kind", "require_trust"]

Kind: TypeAlias = Literal["wasm", "native", "python", "mixed"]
"""A component in its sandbox, a shared library, Python, or several of these combined."""

ENFORCES: Mapping[Kind, frozenset[str]] = {
    "wasm": frozenset({"grants", "deadline", "memory", "environment"}),
    "native": frozenset(),
    "python": frozenset(),
}
"""The options of `Component.instantiate` that hold for a plugin in this process."""

TRUST: Mapping[Kind, str] = {
    "wasm": "A component runs in a sandbox and needs no trust: it can do what it is granted, and nothing else.",
    "native": (
        "A native library runs as a part of the application: it can read and change every file, connection and byte "
        "of memory that the application can, and ends the whole process when it crashes."
    ),
    "python": (
        "A Python plugin runs as a part of the application: it can read and change every file, connection and object "
        "that the application can."
    ),
}
"""What it means to trust a plugin."""


def require_trust(kind: Kind, plugin: str, *, trust: bool) -> None:
    """Refuse a plugin that nothing confines, unless the application says that it trusts it.

    Raises:
        TrustRequired: It does not.
    """
    if not trust:
        article = {"native": "a native library", "python": "Python code"}[kind]
        remedy = "If you trust whoever made it, load it with trust=True; otherwise load it as a component (.wasm)."
        raise TrustRequired(f"{plugin} is {article}, which no sandbox confines. {TRUST[kind]} {remedy}", kind, plugin)
