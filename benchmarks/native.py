"""Compiles the C workloads for this machine, as the baseline that plugins are measured against.

The compiler is the clang in `ziglang`, which compiles the C guest as well: so no system compiler is needed, and what
differs between guest and baseline is WebAssembly, not the compiler. Code is made for the platform's baseline CPU, as
plugins are shipped, not for the CPU of this machine.
"""

import contextlib
import io
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import cffi

from benchmarks.artifacts import EXTENSION, Artifacts

SOURCES = Path(__file__).parent / "guests" / "c"
HEADER = SOURCES / "workloads.h"
SHARED = (SOURCES / "workloads.c", SOURCES / "evaluate.c")  # all but the guest's glue
COMPILER = (
    sys.executable,
    "-m",
    "ziglang",
    "cc",
    "-mcpu=baseline",
    "-O3",
    "-shared",
    "-fPIC",
    "-s",
    "-I",
    str(SOURCES),
)


def build(artifacts: Artifacts) -> None:
    """Compile both native forms of the workloads, unless they are newer than their sources.

    Raises:
        RuntimeError: The compiler failed; the text is what it said.
    """
    artifacts.native.mkdir(parents=True, exist_ok=True)
    compile_shared(artifacts.library, SHARED)
    compile_shared(artifacts.extension, (write_wrapper(artifacts.native), *SHARED), *python_flags())


def write_wrapper(folder: Path) -> Path:
    """Have cffi write the C source of the extension module.

    Returns:
        The source's path; the file is left alone when nothing changed.
    """
    wrapper = folder / f"{EXTENSION}.c"
    ffi = cffi.FFI()
    ffi.cdef(declarations())
    ffi.set_source(EXTENSION, f'#include "{HEADER.name}"')
    with contextlib.redirect_stdout(io.StringIO()):  # cffi reports every file it writes
        ffi.emit_c_code(str(wrapper))
    return wrapper


def declarations() -> str:
    """Return the header as cffi reads it: without the preprocessor's lines."""
    lines = HEADER.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))


def compile_shared(output: Path, sources: tuple[Path, ...], *flags: str) -> None:
    """Compile sources to a shared library, unless it is newer than they are.

    Raises:
        RuntimeError: The compiler failed; the text is what it said.
    """
    newest = max(path.stat().st_mtime for path in (*sources, HEADER, Path(__file__)))
    if output.exists() and output.stat().st_mtime >= newest:
        return
    command = [*COMPILER, *map(str, sources), *flags, "-o", str(output)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        raise RuntimeError(f"compiling {output.name} failed: {' '.join(command)}\n{finished.stderr}")


def python_flags() -> list[str]:
    """Return the flags that an extension module needs for the running Python."""
    flags = ["-I", sysconfig.get_path("include")]
    if os.name == "nt":
        version = f"{sys.version_info.major}{sys.version_info.minor}"
        return [*flags, "-L", str(Path(sys.base_prefix) / "libs"), f"-lpython{version}"]
    return [*flags, "-undefined", "dynamic_lookup"] if sys.platform == "darwin" else flags
