"""Errors of cargo and rustc."""

import json
from pathlib import Path

from componium_sdk import Place
from componium_sdk._diagnostics._cargo import compiler_output, first_error

FOLDER = Path("/workspace").resolve()


def message(level: str, text: str, *spans: tuple[str, int, int, bool]) -> str:
    """A line of cargo's JSON output."""
    fields = ("file_name", "line_start", "column_start", "is_primary")
    content = {
        "level": level,
        "message": text,
        "rendered": f"{level}: {text}\n",
        "spans": [dict(zip(fields, span, strict=True)) for span in spans],
    }
    return json.dumps({"reason": "compiler-message", "message": content})


def test_finds_rustc_s_primary_place() -> None:
    """The place is that of the first error's primary span, relative to the workspace."""
    stdout = "\n".join(
        [
            "hello from a build script",
            json.dumps({"reason": "compiler-artifact"}),
            message("warning", "unused", ("src/lib.rs", 1, 1, True)),
            message("error", "mismatched types", ("src/a.rs", 2, 3, False), ("src/b.rs", 4, 5, True)),
            message("error", "another", ("src/lib.rs", 9, 9, True)),
        ]
    )

    found = first_error(stdout, "error: could not compile", FOLDER)

    assert (found.message, found.place) == ("mismatched types", Place(FOLDER / "src/b.rs", 4, 5))
    assert compiler_output(stdout, "warning") == "warning: unused\n"
    assert compiler_output(stdout, "error") == "error: mismatched types\n\nerror: another\n"


def test_linker_errors_have_no_place() -> None:
    """An error without a span is reported without a place."""
    found = first_error(message("error", "linking failed"), "", FOLDER)

    assert (found.message, found.place) == ("linking failed", None)


def test_reads_cargo_s_own_errors() -> None:
    """Where rustc never ran, cargo's text counts."""
    stderr = "error: invalid type: integer `1`\n --> plugin/Cargo.toml:3:11\n  |\n"
    found = first_error("", stderr, FOLDER)

    assert (found.message, found.place) == ("invalid type: integer `1`", Place(FOLDER / "plugin/Cargo.toml", 3, 11))
    assert first_error("", "no such command", FOLDER).message == "no such command"
