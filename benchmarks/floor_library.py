"""Builds the library that calls the guests from Rust, with the wasmtime that the host's wheel was built with.

Naming the host's package too makes cargo choose the features of shared dependencies as for the host, so that wasmtime
is compiled once; naming the target keeps it from building the host again.
"""

from pathlib import Path

from benchmarks import cargo
from benchmarks.artifacts import Artifacts

ROOT = Path(__file__).parent.parent
ARGUMENTS = ("--package", "componium", "--package", "componium-bench-floor", "--example", "floor")


def build(artifacts: Artifacts) -> None:
    """Build the library, where cargo finds that anything changed.

    Raises:
        RuntimeError: cargo failed; the text is what it said.
        OSError: There is no cargo.
    """
    cargo.build(ROOT, ARGUMENTS, "floor", artifacts.floor)
