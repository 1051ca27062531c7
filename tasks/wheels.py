"""Builds the portable wheel of this system, audits it and tries it: `python -m tasks.wheels`, from the root.

On Linux zig links against an old glibc, so that no container is needed. What is published comes from cibuildwheel,
which does the same on every system.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
OUTPUT = ROOT / "dist" / "portable"
PLUGINS = ROOT / "build" / "plugins"
SMOKE = Path(__file__).with_name("smoke.py")
LINUX = ("--zig", "--compatibility", "manylinux_2_28")


def main() -> None:
    """Build, audit and try the wheel."""
    wheel = build_wheel()
    audit_wheel(wheel)
    try_wheel(wheel)
    print(f"{wheel.relative_to(ROOT)}: {wheel.stat().st_size / 2**20:.1f} MiB, audited and tried")


def build_wheel() -> Path:
    """Build the host's wheel for any machine of this system, and return its path."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for old in OUTPUT.glob("*.whl"):
        old.unlink()
    portable = LINUX if sys.platform == "linux" else ()
    run_module(
        "maturin", "build", "--release", "--locked", *portable, "--out", OUTPUT, "--manifest-path", "host/Cargo.toml"
    )
    [wheel] = OUTPUT.glob("*.whl")
    return wheel


def audit_wheel(wheel: Path) -> None:
    """Check that the wheel needs nothing that its name does not promise: of glibc, and of Python's stable ABI.

    Args:
        wheel: The wheel.

    Raises:
        SystemExit: It needs more.
    """
    if sys.platform == "linux":
        platform = wheel.stem.rpartition("-")[2].split(".")[0]
        report = run_module("auditwheel", "show", wheel, capture=True)
        print(report)
        if f'"{platform}"' not in report:
            sys.exit(f"{wheel.name} is not compatible with {platform}, which its name promises")
    run_module("abi3audit", "--strict", "--report", wheel)


def try_wheel(wheel: Path) -> None:
    """Call plugins with the wheel in an environment that has nothing else, from a folder without sources.

    Args:
        wheel: The wheel.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = Path(folder, "environment")
        run_module("uv", "venv", "--quiet", "--python", sys.executable, environment)
        python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        install = ("uv", "pip", "install", "--quiet", "--python", python)
        run_module(*install, "--require-hashes", "--requirement", "requirements/runtime.txt")
        run_module(*install, "--no-deps", wheel)
        subprocess.run([python, "-I", SMOKE, *sorted(PLUGINS.glob("*.wasm"))], cwd=folder, check=True)


def run_module(*command: str | Path, capture: bool = False) -> str:
    """Run a Python tool of this environment from the root.

    Args:
        command: The tool's module, then its arguments.
        capture: Whether to return what it prints, instead of printing it.

    Returns:
        What it printed, if captured.

    Raises:
        SystemExit: It failed.
    """
    print("$", *command)
    finished = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, text=True, check=False, stdout=subprocess.PIPE if capture else None
    )
    if finished.returncode != 0:
        sys.exit(f"{command[0]} failed with exit code {finished.returncode}")
    return finished.stdout or ""


if __name__ == "__main__":
    main()
