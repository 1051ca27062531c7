"""Components that misbehave before anything is called: refused when loaded, or ended while they start."""

from __future__ import annotations

import componium
import pytest
from componium import DeadlineExceeded, InvalidComponent, MemoryExceeded, Trap, toolchain

from .attack import leaks_nothing

GUEST = """
(component
  (core module $guest
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
    (func (export "run") (param i32 i32))
    {members})
  {instances}
  (core instance $i (instantiate $guest))
  {functions})
"""

START = {
    "trapping": ("(func $main unreachable) (start $main)", Trap, "wasm trap: wasm `unreachable` instruction executed"),
    "recursing": ("(func $main (call $main)) (start $main)", Trap, "wasm trap: call stack exhausted"),
    "looping": ("(func $main (loop (br 0))) (start $main)", DeadlineExceeded, "was ended after its deadline of 0.05 s"),
    "data outside memory": ('(data (i32.const 65536) "x")', Trap, "wasm trap: out of bounds memory access"),
    "elements outside a table": (
        "(table 1 funcref) (elem (i32.const 1) func 0)",
        Trap,
        "wasm trap: undefined element: out of bounds table access",
    ),
    "memory beyond the limit": ('(memory (export "other") 2000)', MemoryExceeded, "refused 131137536 bytes of memory"),
    "table beyond the limit": ("(table 10000000 funcref)", MemoryExceeded, "refused 80065536 bytes of memory"),
    "tables beyond the limit": ("(table 3000000 funcref)" * 2, MemoryExceeded, "refused 48065536 bytes of memory"),
    "thousands of tables": ("(table 0 funcref)" * 100, Trap, "table count too high at 10100"),
}


@pytest.mark.parametrize("name", START)
def test_start(name: str) -> None:
    """A component that fails while it starts leaves an error and nothing else."""
    members, error, message = START[name]
    copies = 105 if name == "thousands of tables" else 0
    source = GUEST.format(members=members, instances="(core instance (instantiate $guest))" * copies, functions="")
    component = componium.load(toolchain.parse_text(source), name="start")

    def start() -> None:
        with pytest.raises(error, match=f"start: instantiation.*{message}") as caught:
            component.instantiate(deadline=0.05 if name == "looping" else 10, memory=32 << 20)
        assert type(caught.value) is error

    leaks_nothing(start, times=10 if name in {"looping", "thousands of tables"} else 1000)


INVALID = {
    "no memory": (
        '(func (export "f") (param "x" string) (canon lift (core func $i "run")))',
        "canonical option `memory` is required",
    ),
    "no realloc": (
        '(func (export "f") (param "x" string) (canon lift (core func $i "run") (memory (core memory $i "memory"))))',
        "canonical option `realloc` is required",
    ),
    "memory of another name": (
        '(func (export "f") (param "x" string) (canon lift (core func $i "run") (memory (core memory $i "mem"))))',
        "no export named `mem`",
    ),
    "function as memory": (
        '(func (export "f") (param "x" string) (canon lift (core func $i "run") (memory (core memory $i "run"))))',
        "export `run` for core instance 0 is not a memory",
    ),
    "realloc of another type": (
        """
        (alias core export $i "memory" (core memory $m))
        (func (export "f") (param "x" string)
          (canon lift (core func $i "run") (memory $m) (realloc (core func $i "run"))))
        """,
        "canonical option `realloc` uses a core function with an incorrect signature",
    ),
    "function of another type": (
        '(func (export "f") (param "x" u64) (canon lift (core func $i "run")))',
        "lowered parameter types `[I64]` do not match parameter types `[I32, I32]`",
    ),
    "record of no fields": ("(type (record))", "record type must have at least one field"),
    "tuple of nothing": ("(type (tuple))", "tuple type must have at least one type"),
    "flags without a flag": ("(type (flags))", "flags must have at least one entry"),
    "enum of no cases": ("(type (enum))", "enum type must have at least one variant"),
    "variant of no cases": ("(type (variant))", "variant type must have at least one case"),
    "33 flags": (
        "(type (flags {}))".format(" ".join(f'"f{index}"' for index in range(33))),
        "cannot have more than 32 flags",
    ),
    "types without end": (
        "(type $t0 (tuple u8 u8))" + "".join(f"(type $t{i + 1} (tuple $t{i} $t{i}))" for i in range(20)),
        "effective type size exceeds the limit of 1000000",
    ),
    "types without bottom": (
        "(type $t0 (list u8))" + "".join(f"(type $t{i + 1} (list $t{i}))" for i in range(200)),
        "type nesting is too deep",
    ),
    "resource of 64 bits": ("(type (resource (rep i64)))", "resources with `i64` require the `cm64` feature"),
    "borrow in a result": (
        '(type $r (resource (rep i32))) (func (export "f") (result (borrow $r)) (canon lift (core func $i "run")))',
        "function result cannot contain a `borrow` type",
    ),
    "name of a method without its resource": (
        '(func (export "[method]counter.add") (param "self" u32) (param "x" u32) (canon lift (core func $i "run")))',
        "export name `[method]counter.add` is not valid",
    ),
    "two exports of a name": (
        """
        (func $f (param "a" u32) (param "b" u32) (canon lift (core func $i "run")))
        (export "run" (func $f)) (export "RUN" (func $f))
        """,
        "conflicts with previous name",
    ),
}


@pytest.mark.parametrize("name", INVALID)
def test_invalid(name: str) -> None:
    """What is no sound component is refused before any of it runs; types that take no room do not exist."""
    functions, message = INVALID[name]
    wasm = toolchain.parse_text(GUEST.format(members="", instances="", functions=functions))

    def load() -> None:
        with pytest.raises(InvalidComponent, match="invalid is not a component that can be loaded") as caught:
            componium.load(wasm, name="invalid")
        assert message in str(caught.value)

    leaks_nothing(load)
