"""The binaries of the guests."""

from pathlib import Path

from componium import toolchain

from .case import HERE, Case

BUILD = HERE.parents[1] / "build"
BUILT = ("c", "rust")

PREAMBLE = b"\0asm\x0d\0\1\0"
COMPONENT_SECTION = b"\4"


def binary(case: Case) -> bytes:
    """Return the bytes that an application would load.

    Args:
        case: The attack.

    Raises:
        FileNotFoundError: The guest is not built.
    """
    if case.guest in BUILT:
        wasm = built(BUILD / "hostile" / f"hostile-{case.guest}.wasm")
    else:
        text = (HERE / "text" / f"{case.guest}.wat").read_text(encoding="utf-8")
        for place, fill in case.fill.items():
            text = text.replace(f"{{{place}}}", str(fill))
        wasm = toolchain.parse_text(text)
    for _ in range(case.wrap):
        wasm = b"".join((PREAMBLE, COMPONENT_SECTION, _leb128(len(wasm)), wasm))
    return wasm[: case.cut]


def _leb128(number: int) -> bytes:
    """Return an unsigned number as binaries hold it: seven bits a byte, the lowest first."""
    more, low = divmod(number, 128)
    return bytes([low | 128]) + _leb128(more) if more else bytes([low])


def built(file: Path) -> bytes:
    """Return the bytes of a built guest.

    Args:
        file: It, in build/.

    Raises:
        FileNotFoundError: It is not there; the message says how to build it.
    """
    if not file.is_file():
        raise FileNotFoundError(f"{file} is not there; build it: nox -s build")
    return file.read_bytes()
