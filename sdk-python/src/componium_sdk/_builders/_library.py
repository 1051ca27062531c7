"""The last step of a native plugin: its code and the glue of its world become one shared library."""

from pathlib import Path

from componium import toolchain

from componium_sdk import _flags
from componium_sdk._builders._builder import Job
from componium_sdk._builders._units import Generated, Unit, compile_file, link
from componium_sdk._files import write_atomically
from componium_sdk._platform import this_platform, this_processor


def c_flags() -> tuple[str, ...]:
    """The compiler's flags for this system, whatever the processor has beyond its family."""
    platform = this_platform()
    return ("-target", f"{this_processor()}-{platform.zig_target}", *_flags.NATIVE_C_FLAGS, *platform.compiler)


def link_flags() -> tuple[str, ...]:
    """The linker's flags for this system, `{file}` for the file of the symbols to show."""
    return (*_flags.NATIVE_LINK_FLAGS, *this_platform().exports)


def link_library(job: Job, files: tuple[Path, ...], units: list[Unit], further: tuple[str, ...] = ()) -> bytes:
    """Generate and compile the glue, and link it with compiled files.

    Args:
        job: The build.
        files: Objects and archives.
        units: Those among them whose source an error can name.
        further: The linker's further flags.

    Returns:
        The library, which shows nothing but the plugin's table.

    Raises:
        BuildError: The code lacks a function of its world, or uses one that is nowhere.
    """
    generated = Generated(job, "glue", toolchain.native_glue)
    flags = c_flags()
    glue = [compile_file(job, source, (*flags, "-w")) for source in generated.sources]
    platform = this_platform()
    exports = job.folder / "exports"
    write_atomically(exports, platform.exports_file.encode())
    job.report("linking; the first time on a machine zig builds its C library, a few seconds")
    target = job.folder / f"library{platform.suffix}"
    flags = (*flags, *(flag.format(file=exports) for flag in link_flags()), *further)
    return link(job, flags, (*(unit.object for unit in glue), *files), units, target)
