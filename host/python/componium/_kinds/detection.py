"""What a source is, told by its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from componium._errors import InvalidComponent

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["HEAD", "MANIFEST", "Form", "detect", "is_library"]

Form: TypeAlias = Literal["wasm", "native", "python", "package"]
"""What is loaded in a way of its own: a plugin of each kind, and a package that has one plugin as several kinds."""

MANIFEST = "componium.toml"

HEAD = 4096
"""How many bytes tell what a file is."""

_WASM = b"\0asm"
_MODULE_LAYER = 0
_ZIP = b"PK\3\4"
_ELF = b"\x7fELF"
_MACH_O = (b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf")
_FAT_MACH_O = (b"\xca\xfe\xba\xbe", b"\xca\xfe\xba\xbf")
_MOST_PARTS = 44
"""Java's classes start like Mach-O files for several processors; where these count the parts, they have a version from
45 on."""


def detect(source: Path | bytes, name: str) -> Form:
    """Say what a file, a folder or bytes are.

    Args:
        source: A path, or the bytes themselves.
        name: What errors call it.

    Returns:
        What it is.

    Raises:
        OSError: It cannot be read.
        InvalidComponent: It is no plugin; the message says what it is instead, and what to do.
    """
    if isinstance(source, bytes):
        return _bytes(source, name)
    if source.is_dir():
        return _folder(source, name)
    with source.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(_ZIP):
        return "package"
    found = _content(head, name)
    if found is None and source.suffix == ".py":  # text of any kind looks alike
        return "python"
    if found is None:
        raise InvalidComponent(_unknown(head, name))
    return found


def _bytes(content: bytes, name: str) -> Literal["wasm"]:
    found = _content(content[:HEAD], name)
    if found == "native":
        raise InvalidComponent(f"{name} is a shared library: give its path, from which the system can load it")
    if found is None:
        raise InvalidComponent(_unknown(content[:HEAD], name))
    return found


def _folder(folder: Path, name: str) -> Form:
    if folder.joinpath(MANIFEST).is_file() or folder.joinpath("__init__.py").is_file():
        return "python"
    if any(folder.glob("*.wasm")):
        return "package"
    raise InvalidComponent(
        f"{name} is a folder without a plugin: it has no {MANIFEST} of a plugin in Python, no __init__.py of a Python "
        "package, and no .wasm file of a plugin package"
    )


def _content(head: bytes, name: str) -> Literal["wasm", "native"] | None:
    """Tell a component from a shared library; a core module is neither."""
    if head.startswith(_WASM):
        layer = int.from_bytes(head[6:8], "little")
        if len(head) >= 8 and layer == _MODULE_LAYER:  # noqa: PLR2004  # magic number, version and layer
            raise InvalidComponent(
                f"{name} is a core WebAssembly module, not a component: make one of it with componium.toolchain.embed, "
                "which adds its WIT, and componium.toolchain.componentize, or build it with componium-sdk"
            )
        return "wasm"
    return "native" if is_library(head) else None


def is_library(head: bytes) -> bool:
    """Say whether a file is one that systems load code from; what is in it, the native half reads."""
    if head.startswith(_FAT_MACH_O):
        return int.from_bytes(head[4:8], "big") <= _MOST_PARTS
    if head.startswith(b"MZ"):
        return head[int.from_bytes(head[60:64], "little") :].startswith(b"PE\0\0")
    return head.startswith((_ELF, *_MACH_O))


def _unknown(head: bytes, name: str) -> str:
    """Say what was found instead of a plugin."""
    if not head:
        found = "it is empty"
    elif head.lstrip().startswith((b"(component", b"(module", b";;")):
        found = "it is WebAssembly text, which componium.toolchain.parse_text assembles"
    elif head.startswith(b"!<arch>\n"):
        found = "it is a static library: link a shared one"
    else:
        found = f"it starts with {head[:8]!r}"
    kinds = "neither a component (.wasm), nor a shared library (ELF, Mach-O or PE), nor a Python file (.py)"
    return f"{name} is {kinds}: {found}"
