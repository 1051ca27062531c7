"""The flags of the compilers."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from componium_sdk._flags import C_FLAGS

if TYPE_CHECKING:
    from pathlib import Path

PRODUCT = """
extern double a[96 * 96], b[96 * 96], c[96 * 96];
void product(void) {
    for (int i = 0; i < 96; i++)
        for (int j = 0; j < 96; j++) {
            double sum = 0;
            for (int k = 0; k < 96; k++) sum += a[i * 96 + k] * b[k * 96 + j];
            c[i * 96 + j] = sum;
        }
}
"""


def test_nested_loops_compile(tmp_path: Path) -> None:
    """A nest of loops compiles: a fixed `-unroll-count` repeats every level of it, and then the compiler never ends."""
    source = tmp_path / "product.c"
    source.write_text(PRODUCT)
    command = [sys.executable, "-m", "ziglang", "cc", *C_FLAGS, "-c", str(source), "-o", str(tmp_path / "product.o")]
    subprocess.run(command, check=True, timeout=300)
    assert (tmp_path / "product.o").stat().st_size < 20_000
