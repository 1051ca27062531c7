"""Errors of clang and the linkers."""

from pathlib import Path

import pytest
from componium_sdk import Place
from componium_sdk._diagnostics._clang import first_error

FOLDER = Path("/plugin").resolve()


@pytest.mark.parametrize(
    ("output", "message", "place"),
    [
        (
            "a.c:1:2: warning: unused\na.c:4:9: error: expected ')'\na.c:4:7: note: to match this '('\n",
            "expected ')'",
            Place(FOLDER / "a.c", 4, 9),
        ),
        ("sub/a.h:2:10: fatal error: 'x.h' file not found", "'x.h' file not found", Place(FOLDER / "sub/a.h", 2, 10)),
        ("wasm-ld: error: objects/b.o: undefined symbol: f", "undefined symbol: f", Place(FOLDER / "b.c")),
        (
            "ld.lld: error: undefined symbol: f\n>>> referenced by b.c\n>>>               /work/b.o:(g)\n",
            "undefined symbol: f",
            Place(FOLDER / "b.c"),
        ),
        ("wasm-ld: error: symbol exported twice", "symbol exported twice", None),
        ("zig: unhappy\n\n", "zig: unhappy", None),
        ("", "failed without a message", None),
    ],
    ids=["error", "fatal error", "linker", "linker for ELF", "linker without object", "unknown", "nothing"],
)
def test_finds_the_first_error(output: str, message: str, place: Place | None) -> None:
    """The first error counts, not the warning before nor the note after it."""
    found = first_error(output, FOLDER, {"b.o": FOLDER / "b.c"})

    assert (found.message, found.place) == (message, place)
