"""zig's linker under one path."""

import subprocess
import sys
from pathlib import Path

import pytest
from componium_sdk._rust._linker import write_linker

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only Unix distributions' compilers need it")


@pytest.mark.parametrize("arguments", [("--version",), ("-flavor", "wasm", "--version")], ids=["plain", "as rustc"])
def test_is_wasm_ld(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """It runs wasm-ld, with and without what rustc puts in front."""
    linker = write_linker(tmp_path / "a folder")

    assert subprocess.run([linker, *arguments], capture_output=True, text=True, check=True).stdout.startswith("LLD ")


def test_is_written_once(tmp_path: Path) -> None:
    """A build that runs beside this one finds it in place all the time."""
    first = write_linker(tmp_path).stat()

    assert write_linker(tmp_path).stat() == first
