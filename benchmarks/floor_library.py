"""Builds the library that calls the guests from Rust, with the wasmtime that the host's wheel was built with.

Naming the host's package too makes cargo choose the features of shared dependencies as for the host, so that wasmtime
is compiled once; naming the target keeps it from building the host again.
"""

import json
import shutil
import subprocess
from pathlib import Path

from benchmarks.artifacts import Artifacts

ROOT = Path(__file__).parent.parent
PACKAGES = ("--package", "componium", "--package", "componium-bench-floor")
COMMAND = ("cargo", "build", "--release", "--locked", *PACKAGES, "--example", "floor", "--message-format", "json")


def build(artifacts: Artifacts) -> None:
    """Build the library, where cargo finds that anything changed.

    Raises:
        RuntimeError: cargo failed; the text is what it said.
        OSError: There is no cargo.
    """
    finished = subprocess.run(COMMAND, cwd=ROOT, capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        raise RuntimeError(f"building the benchmark's library in Rust failed: {' '.join(COMMAND)}\n{finished.stderr}")
    messages = map(json.loads, finished.stdout.splitlines())
    [library] = [
        name for message in messages for name in produced(message) if Path(name).suffix == artifacts.floor.suffix
    ]
    artifacts.native.mkdir(parents=True, exist_ok=True)
    artifacts.floor.unlink(missing_ok=True)  # a process that has it open keeps the old one
    shutil.copyfile(library, artifacts.floor)


def produced(message: dict[str, object]) -> list[str]:
    """Return the files that a message of cargo's says the library is in."""
    match message:
        case {"reason": "compiler-artifact", "target": {"name": "floor"}, "filenames": [*names]}:
            return [str(name) for name in names]
    return []
