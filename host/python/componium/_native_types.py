"""The shapes in which the native half describes components."""

from __future__ import annotations

from typing import TypeAlias

FunctionDescription: TypeAlias = tuple[str, str | None, str, str | None, str | None]
"""WIT name, Python name, WIT text, documentation, and why it cannot be called."""

InterfaceDescription: TypeAlias = tuple[str | None, list[FunctionDescription], list[tuple[str, type]]]
"""Name, functions, and the classes of the types by their names."""

HostFunction: TypeAlias = tuple[str | None, str, tuple[str, str] | None, list[str], str]
"""Interface, Python name, class name and kind of a resource's function, parameters, WIT text."""
