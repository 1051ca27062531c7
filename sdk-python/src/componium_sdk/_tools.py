"""The tools that come as Python packages, and their versions."""

import hashlib
import importlib.util
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

from componium_sdk._errors import MissingToolError
from componium_sdk._fingerprint import file_digest

# `-P` keeps the working folder off the import path: a plugin's own module must not stand in for a tool's.
_PYTHON = (sys.executable, "-P")
ZIG = (*_PYTHON, "-m", "ziglang")
# The package has a function for its command, but no `__main__`.
COMPONENTIZE_PY = (*_PYTHON, "-c", "import sys, componentize_py; sys.exit(componentize_py.script())")


@cache
def version(distribution: str) -> str:
    """The installed version of a distribution.

    Raises:
        MissingToolError: It is not installed.
    """
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        raise MissingToolError(distribution, "not installed", f"Run: pip install {distribution}") from None


@cache
def build_of(distribution: str) -> str:
    """What tells builds of one version apart: a digest over the digests of the installed files.

    Componium keeps its version while it is developed.
    """
    number = version(distribution)
    record = metadata.distribution(distribution).read_text("RECORD") or ""
    # Scripts and the installer's own notes differ from environment to environment.
    package = distribution.replace("-", "_") + "/"
    files = sorted(line for line in record.splitlines() if line.startswith(package) and "sha256=" in line)
    return f"{number} {hashlib.sha256(''.join(files).encode()).hexdigest()[:16]}"


@cache
def own_build() -> str:
    """What tells builds of this package apart, as far as it shapes artifacts: a digest over those modules."""
    package = Path(__file__).parent
    modules = [
        *(package / "_builders").glob("*.py"),
        *(package / "_rust").glob("*.py"),
        package / "_flags.py",
        package / "_platform.py",
    ]
    lines = sorted(f"{module.name} {file_digest(module)}" for module in (*modules, Path(__file__)))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


@cache
def zig_executable() -> Path:
    """The compiler's own executable inside the package `ziglang`.

    Raises:
        MissingToolError: The package is not installed.
    """
    package = importlib.util.find_spec("ziglang")
    if package is None or package.origin is None:
        raise MissingToolError("ziglang", "not installed", "Run: pip install ziglang")
    return Path(package.origin).with_name("zig.exe" if sys.platform == "win32" else "zig")
