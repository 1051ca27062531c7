"""What WASI tells a guest."""

from __future__ import annotations

from pathlib import Path

import componium
import pytest
from componium import toolchain

WIT = """
package test:wasi;

world asks {
  import wasi:cli/environment@0.2.0;
  export run: func() -> option<string>;
}

world sleeps {
  import wasi:clocks/monotonic-clock@0.2.0;
  export run: func();
}

package wasi:cli@0.2.0 {
  interface environment {
    initial-cwd: func() -> option<string>;
  }
}

package wasi:io@0.2.0 {
  interface poll {
    resource pollable {
      block: func();
    }
  }
}

package wasi:clocks@0.2.0 {
  interface monotonic-clock {
    use wasi:io/poll@0.2.0.{pollable};
    subscribe-instant: func(when: u64) -> pollable;
    subscribe-duration: func(duration: u64) -> pollable;
  }
}
"""

ASK = """
(module
  (import "wasi:cli/environment@0.2.0" "initial-cwd" (func $ask (param i32)))
  (memory (export "memory") 1)
  (global $free (mut i32) (i32.const 1024))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (global.get $free))
  (func (export "run") (result i32) (call $ask (i32.const 16)) (i32.const 16)))
"""


SLEEP = """
(module
  (import "wasi:clocks/monotonic-clock@0.2.0" "{timer}" (func $timer (param i64) (result i32)))
  (import "wasi:io/poll@0.2.0" "[method]pollable.block" (func $block (param i32)))
  (func (export "run") (call $block (call $timer (i64.const 0x7fffffffffffffff)))))
"""


def component(folder: Path, source: str, world: str) -> componium.Component:
    """Make a component of a core module in text form."""
    wit = folder / "wasi.wit"
    wit.write_text(WIT)
    return componium.load(toolchain.componentize(toolchain.embed(toolchain.parse_text(source), wit, world)))


def test_current_folder(tmp_path: Path) -> None:
    """A guest is told the name of the current folder, whatever it may do there."""
    with component(tmp_path, ASK, "asks").instantiate() as instance:
        assert instance.run() == str(Path.cwd())


@pytest.mark.parametrize("timer", ["subscribe-duration", "subscribe-instant"])
def test_sleep(tmp_path: Path, timer: str) -> None:
    """A guest that sleeps for centuries, by a clock that stands still, goes on at once and holds up nobody."""
    with component(tmp_path, SLEEP.format(timer=timer), "sleeps").instantiate() as instance:
        assert instance.run() is None
