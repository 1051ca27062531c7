"""Errors of clang and of the linkers wasm-ld and lld, which zig runs.

clang writes `file:line:column: error: message`; wasm-ld writes `wasm-ld: error: object.o: message`, without a line
since guests carry no debugging information; lld for ELF names the object in a line below, which starts with `>>>`.
"""

import re
from pathlib import Path

from componium_sdk._diagnostics._diagnostic import Diagnostic, last_line
from componium_sdk._errors import Place

_COMPILER = re.compile(
    r"^(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?:fatal )?error: (?P<message>.+)$", re.MULTILINE
)
_LINKER = re.compile(
    r"^(?:wasm-ld|ld\.lld|lld): error: (?:(?P<object>\S+\.o): )?(?P<message>.+)$"
    r"(?:\n>>> referenced by .+)?(?:\n>>> +(?P<user>\S+\.o):)?",
    re.MULTILINE,
)


def first_error(output: str, folder: Path, sources: dict[str, Path]) -> Diagnostic:
    """Find the first error in what zig printed.

    Args:
        output: What it printed.
        folder: What relative paths in it are relative to.
        sources: Object file name to the source that it was compiled from, for errors of the linker.

    Returns:
        The error; with its last line as the message where nothing has a known form.
    """
    if found := _COMPILER.search(output):
        file = (folder / found["file"]).resolve()
        return Diagnostic(found["message"], Place(file, int(found["line"]), int(found["column"])))
    if found := _LINKER.search(output):
        source = sources.get(Path(found["object"] or found["user"] or "").name)
        return Diagnostic(found["message"], Place(source) if source else None)
    return Diagnostic(last_line(output))
