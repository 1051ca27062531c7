"""A copy of the bytes and nothing else, by the function that Componium copies into guests with, in a loop in Rust."""

import ctypes
from itertools import cycle

from benchmarks.backends import floor
from benchmarks.backends.backend import Backend, Functions, Repeated
from benchmarks.workloads import BYTES

# Sources have eight addresses: with another number, which has no factor in common with eight, all pairs come up.
TARGETS = 7


class Memcpy(Backend):
    """What it takes at least to give a plugin bytes in a memory of its own."""

    def load(self) -> ctypes.CDLL:
        """Open the library."""
        return floor.open_library(self.artifacts.floor)

    def instantiate(self, code: ctypes.CDLL) -> Functions:
        """Make targets that the calls use one after the other."""
        targets = cycle([ctypes.create_string_buffer(len(BYTES)) for _ in range(TARGETS)])

        def receive(data: bytes) -> int:
            target = next(targets)
            code.floor_copy(floor.text(data), target, 1)
            return len(data) + ord(target[0]) + ord(target[len(data) - 1])

        def repeat(data: bytes, times: int) -> None:
            code.floor_copy(floor.text(data), next(targets), times)

        return Functions(receive=Repeated(receive, repeat))
