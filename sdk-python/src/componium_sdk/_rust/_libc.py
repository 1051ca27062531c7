"""The C library that Rust's standard library for WASI stands on, out of zig.

rustup's own target contains wasi-libc; a standard library that was built from source needs one to link with. zig has
it, compiled on demand, and its verbose link line names the files.
"""

import shlex
import shutil
from pathlib import Path

from componium_sdk import _tools
from componium_sdk._errors import MissingToolError
from componium_sdk._flags import C_TARGET
from componium_sdk._process import run

# The C library, the parts of it that zig writes in zig, and the routines that compilers call.
_ARCHIVES = ("libc.a", "libzigc.a", "libcompiler_rt.a")


def extract_libc(destination: Path, work: Path) -> None:
    """Put zig's C library into one archive, `libc.a`.

    Args:
        destination: The folder for it; exists.
        work: An empty folder for parts.

    Raises:
        MissingToolError: zig does not say where its library is.
    """
    line = _link_line(work)
    for name in _ARCHIVES:
        shutil.copy(_named(line, name), work / f"part-{name}")
    # An archiver's script cannot quote paths, so it sees none: only names in its working folder.
    parts = "".join(f"addlib part-{name}\n" for name in _ARCHIVES)
    merged = run((*_tools.ZIG, "ar", "-M"), folder=work, script=f"create libc.a\n{parts}save\nend\n")
    if merged.code != 0:
        raise _unusable(merged.output)
    shutil.move(work / "libc.a", destination / "libc.a")


def _link_line(work: Path) -> list[str]:
    """What zig passes to the linker for an empty program."""
    (work / "empty.c").write_text("int main(void) { return 0; }\n", encoding="utf-8")
    flags = ("-target", C_TARGET, "-mexec-model=reactor", "-O2", "-g0", "-s")
    linked = run((*_tools.ZIG, "cc", *flags, "-v", "empty.c", "-o", "empty.wasm"), folder=work)
    for line in linked.stderr.splitlines():
        if line.startswith("wasm-ld "):
            return shlex.split(line)
    raise _unusable(linked.output)


def _named(line: list[str], name: str) -> Path:
    for word in line:
        if Path(word).name == name:
            return Path(word)
    raise _unusable(f"no {name} in {shlex.join(line)}")


def _unusable(output: str) -> MissingToolError:
    return MissingToolError(
        "zig", f"its C library for WebAssembly was not found: {output}", "Install another version: pip install ziglang"
    )
