"""The shapes in which the native half describes components."""

from __future__ import annotations

from typing import TypeAlias, TypedDict

FunctionDescription: TypeAlias = tuple[str, str | None, str, str | None, str | None]
"""WIT name, Python name, WIT text, documentation, and why it cannot be called."""

InterfaceDescription: TypeAlias = tuple[str | None, list[FunctionDescription], list[tuple[str, type]]]
"""Name, functions, and the classes of the types by their names."""

HostFunction: TypeAlias = tuple[str | None, str, tuple[str, str] | None, list[str], str]
"""Interface, Python name, class name and kind of a resource's function, parameters, WIT text."""


class LibraryDescription(TypedDict):
    """What a native plugin's library says of itself."""

    format: str
    """`elf`, `mach-o` or `pe`."""
    system: str
    """The system that uses the format: `linux`, `macos` or `windows`."""
    architecture: str
    """The processor, such as `x86_64` or `aarch64`."""
    abi: int
    """The version of the native ABI."""
    pointer: int
    """Bytes of a pointer."""
    digest: str
    """SHA-256 of the world, in hexadecimal."""
    wit: str
    """The world, as WIT text."""
