"""Builds the extension module that somebody who uses PyO3 would write."""

from pathlib import Path

from benchmarks import cargo
from benchmarks.artifacts import PYO3_EXTENSION, Artifacts

FOLDER = Path(__file__).parent / "pyo3"


def build(artifacts: Artifacts) -> None:
    """Build the module, where cargo finds that anything changed.

    Raises:
        RuntimeError: cargo failed; the text is what it said.
        OSError: There is no cargo.
    """
    cargo.build(FOLDER, (), PYO3_EXTENSION, artifacts.pyo3_extension)
