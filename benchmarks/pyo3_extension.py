"""Builds the extension module that somebody who uses PyO3 would write."""

import shutil
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
    library = cargo.build(FOLDER, (), PYO3_EXTENSION, artifacts.library.suffix)
    artifacts.native.mkdir(parents=True, exist_ok=True)
    artifacts.pyo3_extension.unlink(missing_ok=True)
    shutil.copyfile(library, artifacts.pyo3_extension)
