"""The systems and processors that native plugins are built for: everything that differs between them.

Only Linux is tried out so far. For the others the names, flags and libraries are those that their tools document.
"""

import platform
import sys
from dataclasses import dataclass

from componium_sdk._errors import MissingToolError


@dataclass(frozen=True, slots=True)
class Platform:
    """A system.

    Attributes:
        name: What files are named after.
        suffix: The end of a shared library's name.
        zig_target: What zig calls it, behind the processor.
        exports: The linker's flags that hide all symbols but one; `{file}` is `exports_file`.
        exports_file: What they read.
        rust_libraries: What Rust's standard library needs from the system.
        compiler: Flags for position-independent code, where they are not the rule.
    """

    name: str
    suffix: str
    zig_target: str
    exports: tuple[str, ...]
    exports_file: str
    rust_libraries: tuple[str, ...]
    compiler: tuple[str, ...] = ("-fPIC",)


_PLATFORMS = {
    "linux": Platform(
        name="linux",
        suffix=".so",
        zig_target="linux-gnu.2.28",  # the oldest C library that distributions still support: Debian 10, RHEL 8
        exports=("-Wl,--version-script={file}", "-Wl,-z,defs"),
        exports_file="{ global: componium_plugin; local: *; };\n",
        rust_libraries=("-lunwind", "-lpthread", "-ldl", "-lm"),
    ),
    "darwin": Platform(
        name="macos",
        suffix=".dylib",
        zig_target="macos",
        exports=("-Wl,-exported_symbols_list,{file}",),
        exports_file="_componium_plugin\n",
        rust_libraries=("-lSystem", "-liconv"),
    ),
    "win32": Platform(
        name="windows",
        suffix=".dll",
        zig_target="windows-gnu",
        exports=(),  # the glue's dllexport is the only one
        exports_file="",
        rust_libraries=("-lkernel32", "-lntdll", "-luserenv", "-lws2_32", "-ldbghelp", "-lunwind"),
        compiler=(),
    ),
}

# What systems call processors, to the name that zig, Rust and files share.
_PROCESSORS = {"x86_64": "x86_64", "AMD64": "x86_64", "amd64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}


def this_platform() -> Platform:
    """The system that runs this.

    Raises:
        MissingToolError: Native plugins cannot be built on it.
    """
    try:
        return _PLATFORMS[sys.platform]
    except KeyError:
        raise _unknown(f"the system {sys.platform}") from None


def this_processor() -> str:
    """The processor family that runs this, such as `x86_64`.

    Raises:
        MissingToolError: Native plugins cannot be built for it.
    """
    try:
        return _PROCESSORS[platform.machine()]
    except KeyError:
        raise _unknown(f"the processor {platform.machine()}") from None


def _unknown(what: str) -> MissingToolError:
    return MissingToolError(
        "zig cc", f"native plugins cannot be built for {what}", "Build the plugin without --native."
    )
