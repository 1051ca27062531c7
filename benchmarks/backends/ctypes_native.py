"""Native C through ctypes, which needs no compiler at the user's but converts at run time."""

import ctypes

from benchmarks.backends.backend import Backend, Functions


class Text(ctypes.Structure):
    """`struct workloads_text`."""

    start: int
    length: int
    _fields_ = (("start", ctypes.c_void_p), ("length", ctypes.c_size_t))


class Row(ctypes.Structure):
    """`struct workloads_row`."""

    id: int
    message: int
    length: int
    _fields_ = (("id", ctypes.c_uint64), ("message", ctypes.c_void_p), ("length", ctypes.c_size_t))


class CtypesNative(Backend):
    """The C guest's source as a shared library."""

    def load(self) -> ctypes.CDLL:
        """Open the library and declare what its functions take and return."""
        library = ctypes.CDLL(str(self.artifacts.library))
        declare(library, "add", ctypes.c_uint32, ctypes.c_uint32, ctypes.c_uint32)
        declare(library, "receive", ctypes.c_uint32, ctypes.c_char_p, ctypes.c_size_t)
        declare(library, "sum", ctypes.c_uint64, ctypes.c_char_p, ctypes.c_size_t)
        declare(library, "echo", Text, ctypes.c_char_p, ctypes.c_size_t)
        declare(library, "rows", ctypes.POINTER(Row), ctypes.c_uint32)
        declare(library, "rows_free", None, ctypes.POINTER(Row), ctypes.c_uint32)
        declare(library, "evaluate", ctypes.c_double, ctypes.c_char_p, ctypes.c_size_t)
        return library

    def instantiate(self, code: ctypes.CDLL) -> Functions:
        """Wrap what needs conversion as somebody who uses ctypes would write it."""
        string_at = ctypes.string_at

        def receive(data: bytes) -> int:
            return int(code.workloads_receive(data, len(data)))

        def sum_bytes(data: bytes) -> int:
            return int(code.workloads_sum(data, len(data)))

        def echo(text: str) -> str:
            encoded = text.encode()
            answer = code.workloads_echo(encoded, len(encoded))
            return string_at(answer.start, answer.length).decode()

        def rows(count: int) -> list[tuple[int, str]]:
            first = code.workloads_rows(count)
            if not first:
                raise MemoryError
            try:
                return [(row.id, string_at(row.message, row.length).decode()) for row in first[:count]]
            finally:
                code.workloads_rows_free(first, count)

        def evaluate(expression: str) -> float:
            encoded = expression.encode()
            return float(code.workloads_evaluate(encoded, len(encoded)))

        return Functions(code.workloads_add, receive, sum_bytes, echo, rows, evaluate)

    def pair(self, row: tuple[int, str]) -> tuple[int, str]:
        """Return the row, which is a pair already."""
        return row


def declare(library: ctypes.CDLL, name: str, result: type | None, *arguments: type) -> None:
    """Declare the types of `workloads_<name>`."""
    function = getattr(library, f"workloads_{name}")
    function.restype = result
    function.argtypes = arguments
