"""Plain Python in the host's own process: the source that the Python guest contains."""

from pathlib import Path
from types import ModuleType

from benchmarks.backends.backend import Backend, Functions
from benchmarks.modules import import_file

SOURCE = Path(__file__).parents[1] / "guests" / "python" / "plain.py"


class PurePython(Backend):
    """A plugin that is a Python file, without any isolation."""

    def load(self) -> ModuleType:
        """Import the file as an application imports a plugin that is one."""
        return import_file("plain", SOURCE)

    def instantiate(self, code: ModuleType) -> Functions:
        """Take the module's functions as they are."""
        return Functions(code.add, code.receive, code.sum_bytes, code.echo, code.rows, code.evaluate)

    def pair(self, row: tuple[int, str]) -> tuple[int, str]:
        """Return the row, which is a pair already."""
        return row
