"""Native C through ctypes without declared types, which is cheaper: an argument is passed as whatever int it is."""

import ctypes

from benchmarks.backends.backend import Backend, Functions


class CtypesUndeclared(Backend):
    """The C guest's source as a shared library, of which only `add` works undeclared everywhere."""

    def load(self) -> ctypes.CDLL:
        """Open the library."""
        return ctypes.CDLL(str(self.artifacts.library))

    def instantiate(self, code: ctypes.CDLL) -> Functions:
        """Take the function as it is."""
        return Functions(add=code.workloads_add)
