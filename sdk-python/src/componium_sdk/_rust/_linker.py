"""The linker for compilers that come without one: zig contains wasm-ld.

rustc runs a linker by one path, without a subcommand, and passes `-flavor wasm` in front, which only the driver `lld`
knows. A script of two lines bridges both. Compilers without a linker of their own come from Unix distributions, so a
shell script will do.
"""

import shlex
from pathlib import Path

from componium_sdk import _tools
from componium_sdk._files import write_atomically


def write_linker(folder: Path) -> Path:
    """Write the script.

    Args:
        folder: Where to.

    Returns:
        The script, to be passed to rustc with `-Clinker-flavor=wasm-ld`.
    """
    script = folder / "wasm-ld"
    zig = shlex.quote(str(_tools.zig_executable()))
    text = f'#!/bin/sh\nif [ "$1" = -flavor ]; then shift 2; fi\nexec {zig} wasm-ld "$@"\n'
    if not script.is_file() or script.read_text(encoding="utf-8") != text:
        write_atomically(script, text.encode())
        script.chmod(0o755)
    return script
