"""Native Rust through PyO3, which checks and converts what it is passed, as Componium does."""

from typing import Any

from benchmarks.artifacts import PYO3_EXTENSION
from benchmarks.backends.backend import Backend, Functions
from benchmarks.modules import import_file


class Pyo3Native(Backend):
    """The Rust guest's tasks as an extension module."""

    def load(self) -> Any:  # noqa: ANN401 - a module made at run time
        """Import the extension module."""
        return import_file(PYO3_EXTENSION, self.artifacts.pyo3_extension)

    def instantiate(self, code: Any) -> Functions:  # noqa: ANN401
        """Take the functions as they are."""
        return Functions(code.add, code.receive, code.sum, code.echo, code.rows, code.evaluate)
