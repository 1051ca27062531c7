"""What WASI tells a guest."""

from __future__ import annotations

from pathlib import Path

import componium
from componium import toolchain

WIT = """
package test:wasi;

world asks {
  import wasi:cli/environment@0.2.0;
  export run: func() -> option<string>;
}

package wasi:cli@0.2.0 {
  interface environment {
    initial-cwd: func() -> option<string>;
  }
}
"""

SOURCE = """
(module
  (import "wasi:cli/environment@0.2.0" "initial-cwd" (func $ask (param i32)))
  (memory (export "memory") 1)
  (global $free (mut i32) (i32.const 1024))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (global.get $free))
  (func (export "run") (result i32) (call $ask (i32.const 16)) (i32.const 16)))
"""


def test_current_folder(tmp_path: Path) -> None:
    """A guest is told the name of the current folder, whatever it may do there."""
    (tmp_path / "asks.wit").write_text(WIT)
    core = toolchain.embed(toolchain.parse_text(SOURCE), tmp_path / "asks.wit")
    with componium.load(toolchain.componentize(core)).instantiate() as instance:
        assert instance.run() == str(Path.cwd())
