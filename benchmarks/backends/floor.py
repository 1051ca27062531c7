"""The same WebAssembly components called from Rust, through wasmtime's own typed functions and in a loop there.

The library holds the wasmtime that Componium holds, and configures it likewise: what Componium takes longer is its own.
"""

import ctypes
from pathlib import Path
from typing import Any

from benchmarks.backends.backend import Backend, Functions, Repeated
from benchmarks.backends.ctypes_native import Row, Text


class Floor(Backend):
    """A guest of one language, called by a host in Rust."""

    def load(self) -> ctypes.CDLL:
        """Open the library; it compiles as it instantiates."""
        return open_library(self.artifacts.floor)

    def instantiate(self, code: ctypes.CDLL) -> Functions:
        """Compile and instantiate the component.

        Raises:
            RuntimeError: wasmtime refuses it; it has printed the reason.
        """
        path = str(self.artifacts.guest(self.language)).encode()
        guest = code.floor_open(text(path))
        if not guest:
            raise RuntimeError("wasmtime refuses the component, for the reason printed above")

        def add(a: int, b: int, times: int = 1) -> int:
            return int(code.floor_add(guest, a, b, times))

        def receive(data: bytes, times: int = 1) -> int:
            return int(code.floor_receive(guest, text(data), times))

        def sum_bytes(data: bytes, times: int = 1) -> int:
            return int(code.floor_sum(guest, text(data), times))

        def echo(string: str, times: int = 1) -> str:
            encoded = string.encode()
            answer = code.floor_echo(guest, text(encoded), times)
            return ctypes.string_at(answer.start, answer.length).decode()

        def repeat_rows(count: int, times: int = 1) -> Any:  # noqa: ANN401 - a pointer to the first, which ctypes makes
            return code.floor_rows(guest, count, times)

        def rows(count: int) -> list[tuple[int, str]]:
            first = repeat_rows(count)
            return [(row.id, ctypes.string_at(row.message, row.length).decode()) for row in first[:count]]

        def evaluate(expression: str, times: int = 1) -> float:
            encoded = expression.encode()
            return float(code.floor_evaluate(guest, text(encoded), times))

        return Functions(
            Repeated(add, add),
            Repeated(receive, receive),
            Repeated(sum_bytes, sum_bytes),
            Repeated(echo, echo),
            Repeated(rows, repeat_rows),
            Repeated(evaluate, evaluate),
        )

    def pair(self, row: tuple[int, str]) -> tuple[int, str]:
        """Return the row, which is a pair already."""
        return row


def open_library(path: Path) -> ctypes.CDLL:
    """Open the library and declare what its functions take and return."""
    library = ctypes.CDLL(str(path))
    guest, number = ctypes.c_void_p, ctypes.c_uint32
    declare(library, "open", guest, Text)
    declare(library, "add", number, guest, number, number, number)
    declare(library, "receive", number, guest, Text, number)
    declare(library, "sum", ctypes.c_uint64, guest, Text, number)
    declare(library, "echo", Text, guest, Text, number)
    declare(library, "rows", ctypes.POINTER(Row), guest, number, number)
    declare(library, "evaluate", ctypes.c_double, guest, Text, number)
    declare(library, "copy", None, Text, ctypes.c_char_p, number)
    return library


def declare(library: ctypes.CDLL, name: str, result: type | None, *arguments: type) -> None:
    """Declare the types of `floor_<name>`."""
    function = getattr(library, f"floor_{name}")
    function.restype = result
    function.argtypes = arguments


def text(data: bytes) -> Text:
    """Return what the library takes for bytes, which the caller keeps alive."""
    return Text(ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p).value, len(data))
