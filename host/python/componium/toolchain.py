"""The component toolchain: what the SDK builds guests with, one `pip install` on every platform."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from componium import _native

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["bindings_c", "componentize", "embed", "native_glue", "parse_text"]


def bindings_c(wit: str | PathLike[str], world: str | None = None, *, native: bool = False) -> dict[str, bytes]:
    """Generate the C bindings of a world, as `wit-bindgen c` does.

    Args:
        wit: A `.wit` file, or a folder of them with an optional `deps` folder.
        world: The world's name; may be left out where the package has only one.
        native: For a native plugin rather than WebAssembly: the same header, a source that goes with `native_glue`, and
            no object file.

    Returns:
        File name to content: header, source and the object file that carries the world's type.

    Raises:
        ToolchainError: The WIT cannot be read, has no such world, or nothing that `native` can express; the message has
            file and line.
    """
    return {name: bytes(content) for name, content in _native.bindings_c(wit, world, native=native).items()}


def native_glue(wit: str | PathLike[str], world: str | None = None) -> dict[str, bytes]:
    """Generate the C glue that makes a shared library with a world's functions a native plugin.

    Args:
        wit: A `.wit` file, or a folder of them with an optional `deps` folder.
        world: The world's name; may be left out where the package has only one.

    Returns:
        File name to content: one C source, to be compiled with hidden visibility and linked with the plugin's code and
        its bindings.

    Raises:
        ToolchainError: The WIT cannot be read, or has no such world; the message has file and line.
    """
    return {name: bytes(content) for name, content in _native.native_glue(wit, world).items()}


def componentize(core: bytes, adapter: Literal["reactor", "command"] | None = None) -> bytes:
    """Turn a core module into a component, as `wasm-tools component new` does.

    Args:
        core: A core module that carries its world's type in a custom section, as bindings generators embed it.
        adapter: The adapter that serves imports of `wasi_snapshot_preview1`; `None` where there are none.

    Returns:
        The component.

    Raises:
        ToolchainError: The module is not valid, or does not export what its world asks for.
    """
    return bytes(_native.componentize(core, adapter))


def embed(
    core: bytes,
    wit: str | PathLike[str],
    world: str | None = None,
    *,
    encoding: Literal["utf8", "utf16", "latin1+utf16"] = "utf8",
) -> bytes:
    """Add a world's type to a core module, as `wasm-tools component embed` does.

    Args:
        core: A core module that exports and imports what the world asks for, by the names of the canonical ABI.
        wit: A `.wit` file, or a folder of them with an optional `deps` folder.
        world: The world's name; may be left out where the package has only one.
        encoding: How the module's strings are encoded.

    Returns:
        The module with its world's type in a custom section, ready for `componentize`.

    Raises:
        ToolchainError: The WIT cannot be read, or has no such world.
    """
    return bytes(_native.embed(core, wit, world, encoding))


def parse_text(text: str | bytes) -> bytes:
    """Assemble WebAssembly text (`.wat`).

    Args:
        text: A module or component in text form; a binary comes back unchanged.

    Returns:
        The binary.

    Raises:
        ToolchainError: The text has an error; the message shows line and column.
    """
    return bytes(_native.parse_text(text.encode() if isinstance(text, str) else text))
