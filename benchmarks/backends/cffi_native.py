"""Native C through cffi in API mode: the baseline, since nothing else calls C from Python with less overhead."""

from typing import Any

from benchmarks.artifacts import EXTENSION
from benchmarks.backends.backend import Backend, Functions
from benchmarks.modules import import_file


class CffiNative(Backend):
    """The C guest's source as an extension module that cffi wrote."""

    def load(self) -> Any:  # noqa: ANN401 - a module made at run time
        """Import the extension module."""
        return import_file(EXTENSION, self.artifacts.extension)

    def instantiate(self, code: Any) -> Functions:  # noqa: ANN401
        """Wrap what needs conversion as somebody who uses cffi would write it."""
        ffi, lib = code.ffi, code.lib

        def receive(data: bytes) -> int:
            return int(lib.workloads_receive(data, len(data)))

        def sum_bytes(data: bytes) -> int:
            return int(lib.workloads_sum(data, len(data)))

        def echo(text: str) -> str:
            encoded = text.encode()
            answer = lib.workloads_echo(encoded, len(encoded))
            return str(ffi.buffer(answer.start, answer.length), "utf-8")  # unpack would copy once more

        def rows(count: int) -> list[tuple[int, str]]:
            first = lib.workloads_rows(count)
            if first == ffi.NULL:
                raise MemoryError
            try:
                return [(row.id, ffi.unpack(row.message, row.length).decode()) for row in first[0:count]]
            finally:
                lib.workloads_rows_free(first, count)

        def evaluate(expression: str) -> float:
            encoded = expression.encode()
            return float(lib.workloads_evaluate(encoded, len(encoded)))

        return Functions(lib.workloads_add, receive, sum_bytes, echo, rows, evaluate)

    def pair(self, row: tuple[int, str]) -> tuple[int, str]:
        """Return the row, which is a pair already."""
        return row
