"""Native plugins for tests, compiled with the C compiler of the SDK."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import componium

if TYPE_CHECKING:
    from collections.abc import Sequence

WIT = Path(__file__).parent / "plugin" / "plugin.wit"
GUEST = Path(__file__).parent / "plugin" / "guest.c"


@cache
def glue() -> str:
    """Return the glue of the test's world."""
    (text,) = componium.toolchain.native_glue(WIT).values()
    return text.decode()


def build(folder: Path, *, glue: str, flags: Sequence[str] = (), alone: bool = False) -> Path:
    """Compile and link the plugin of the tests.

    Args:
        folder: Where its files go.
        glue: The glue to link with.
        flags: More flags of the compiler.
        alone: Whether to compile nothing else.

    Returns:
        The library.
    """
    (folder / "glue.c").write_text(glue, encoding="utf-8")
    for name, content in componium.toolchain.bindings_c(WIT, native=True).items():
        (folder / name).write_bytes(content)
    library = folder / "plugin.so"
    sources = [folder / "glue.c"] if alone else [GUEST, folder / "plugin.c", folder / "glue.c"]
    compiler = [sys.executable, "-m", "ziglang", "cc", "-shared", "-fPIC", "-fvisibility=hidden", "-O1"]
    subprocess.run([*compiler, f"-I{folder}", *flags, *sources, "-o", library], check=True)
    return library


def load(path: Path) -> componium.Component:
    """Load a native plugin."""
    return componium.load(path, name="plugin", trust=True)
