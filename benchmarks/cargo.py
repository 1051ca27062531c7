"""Builds what is written in Rust for this machine."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.artifacts import LIBRARY_SUFFIX


def build(folder: Path, arguments: Sequence[str], target: str, output: Path) -> None:
    """Build a library with cargo, where it finds that anything changed, and copy it.

    Args:
        folder: Where cargo runs.
        arguments: What follows `cargo build --release --locked`.
        target: The name of the library or example that is wanted.
        output: Where the library is wanted.

    Raises:
        RuntimeError: cargo failed; the text is what it said.
        OSError: There is no cargo.
    """
    command = ("cargo", "build", "--release", "--locked", *arguments, "--message-format", "json")
    environment = {**os.environ, "PYO3_PYTHON": sys.executable}
    finished = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        raise RuntimeError(f"building {target} failed: {' '.join(command)}\n{finished.stderr}")
    messages = map(json.loads, finished.stdout.splitlines())
    [library] = [path for message in messages for path in produced(message, target) if path.suffix == LIBRARY_SUFFIX]
    output.parent.mkdir(parents=True, exist_ok=True)
    output.unlink(missing_ok=True)  # a process that has it open keeps the old one
    shutil.copyfile(library, output)


def produced(message: dict[str, object], target: str) -> list[Path]:
    """Return the files that a message of cargo's says the target is in."""
    match message:
        case {"reason": "compiler-artifact", "target": {"name": name}, "filenames": [*names]} if name == target:
            return [Path(str(name)) for name in names]
    return []
