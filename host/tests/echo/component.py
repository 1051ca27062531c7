"""Components that return their arguments, from WIT types alone.

For every function `<name>` that is asked for, the component exports two:

- `relay-<name>` calls the import of the same name and returns what that returned: values cross as parameters and
  results of exports, and as arguments and results of host functions;
- `keep-<name>` returns its arguments and 16 numbers: with these they always travel in memory, where parameters are laid
  out like the elements of a tuple, so that the guest returns the very address that it was given.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from componium import toolchain

from host.tests.echo.wit_types import Primitive, TupleOf, concatenated, named_types

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from host.tests.echo.wit_types import WitType

Encoding: TypeAlias = Literal["utf8", "utf16", "latin1+utf16"]
ENCODINGS: tuple[Encoding, ...] = ("utf8", "utf16", "latin1+utf16")

ECHOES, KEEPS = "test:echo/echoes", "test:echo/keeps"
#: What `keep-<name>` takes and returns beside its arguments: one more than any core values fit, however few there are.
PADDING = (Primitive("u64"),) * 16
MAX_FLAT_PARAMS, MAX_FLAT_RESULTS = 16, 1

WORLD = """
package test:echo;

interface echoes {{
  {echoes}
}}

interface keeps {{
  {keeps}
}}

world echo {{
  import echoes;
  export echoes;
  export keeps;
}}
"""

#: The rest of the core module: an allocator that hands out one piece after another, until all are freed at once.
ALLOCATOR = """
  (memory (export "memory") 1)
  (global $free (mut i32) (i32.const 16))
  (func $reset (global.set $free (i32.const 16)))
  (func $allocate (export "cabi_realloc") (param $old i32) (param $old_size i32) (param $align i32) (param $size i32)
    (result i32) (local $at i32) (local $room i32)
    (local.set $at (i32.and
      (i32.add (global.get $free) (i32.sub (local.get $align) (i32.const 1)))
      (i32.sub (i32.const 0) (local.get $align))))
    (global.set $free (i32.add (local.get $at) (local.get $size)))
    (local.set $room (i32.shl (memory.size) (i32.const 16)))
    (if (i32.gt_u (global.get $free) (local.get $room)) (then
      (if (i32.lt_s (memory.grow (i32.add (i32.const 1)
          (i32.shr_u (i32.sub (global.get $free) (local.get $room)) (i32.const 16)))) (i32.const 0))
        (then unreachable))))
    (memory.copy (local.get $at) (local.get $old)
      (select (local.get $old_size) (local.get $size) (i32.lt_u (local.get $old_size) (local.get $size))))
    (local.get $at))
"""


def echo_component(functions: Mapping[str, Sequence[WitType]], encoding: Encoding = "utf8") -> bytes:
    """Make a component that echoes.

    Args:
        functions: The types of each function's parameters, which are called `a0`, `a1` and so on. The result is the
            parameter itself where there is one, and the tuple of all where there are more.
        encoding: How the guest encodes strings.

    Returns:
        The component: it imports and exports the interface `test:echo/echoes`, whose functions are `relay-<name>`, and
        exports `test:echo/keeps` with `keep-<name>`.

    Raises:
        ToolchainError: The types, or their names, are not valid.
    """
    body = "".join(_relay(name, parameters) + _keep(name, parameters) for name, parameters in functions.items())
    imports = "".join(_import(name, parameters) for name, parameters in functions.items())
    core = toolchain.parse_text(f"(module {imports} {ALLOCATOR} {body})")
    with tempfile.TemporaryDirectory() as folder:
        wit = Path(folder, "echo.wit")
        wit.write_text(echo_wit(functions), encoding="utf-8")
        return toolchain.componentize(toolchain.embed(core, wit, encoding=encoding))


def echo_wit(functions: Mapping[str, Sequence[WitType]]) -> str:
    """Return the WIT of `echo_component`'s result."""
    types = [ty for parameters in functions.values() for ty in parameters]
    named = list(named_types(types))
    echoes, keeps = [ty.definition for ty in named], []
    if named:
        keeps.append(f"use echoes.{{{', '.join(ty.wit for ty in named)}}};")
    for name, parameters in functions.items():
        padded = (*parameters, *PADDING)
        echoes.append(_signature(f"relay-{name}", parameters, _result(parameters)))
        keeps.append(_signature(f"keep-{name}", padded, _result(padded)))
    return WORLD.format(echoes="\n  ".join(echoes), keeps="\n  ".join(keeps))


def _result(parameters: Sequence[WitType]) -> WitType:
    return parameters[0] if len(parameters) == 1 else TupleOf(tuple(parameters))


def _signature(name: str, parameters: Sequence[WitType], result: WitType) -> str:
    listed = ", ".join(f"a{index}: {ty.wit}" for index, ty in enumerate(parameters))
    return f"{name}: func({listed}) -> {result.wit};"


def _parameters(parameters: Sequence[WitType]) -> tuple[str, ...]:
    """Return the core types of parameters: an address where there are too many."""
    flat = concatenated(parameters)
    return flat if len(flat) <= MAX_FLAT_PARAMS else ("i32",)


def _import(name: str, parameters: Sequence[WitType]) -> str:
    result = _result(parameters).flat
    by_address = len(result) > MAX_FLAT_RESULTS
    taken = " ".join([*_parameters(parameters), *(["i32"] if by_address else [])])
    returned = "" if by_address else f"(result {' '.join(result)})"
    return f'(import "{ECHOES}" "relay-{name}" (func $relay-{name} (param {taken}) {returned}))'


def _relay(name: str, parameters: Sequence[WitType]) -> str:
    """Return the function that hands its own parameters to the import, with room for the result where it needs some."""
    taken = _parameters(parameters)
    result = _result(parameters).flat
    get = " ".join(f"(local.get {index})" for index in range(len(taken)))
    if len(result) <= MAX_FLAT_RESULTS:
        returned, body = " ".join(result), f"(call $relay-{name} {get})"
    else:
        room = 8 * len(result)  # no type takes more than 8 bytes of memory for each of its core values
        returned, body = "i32", f"(local $at i32) (local.set $at {_allocation(room)}) (call $relay-{name} {get} "
        body += "(local.get $at)) (local.get $at)"
    return _export(f"{ECHOES}#relay-{name}", taken, returned, body)


def _allocation(room: int) -> str:
    return f"(call $allocate (i32.const 0) (i32.const 0) (i32.const 8) (i32.const {room}))"


def _keep(name: str, parameters: Sequence[WitType]) -> str:
    return _export(f"{KEEPS}#keep-{name}", _parameters((*parameters, *PADDING)), "i32", "(local.get 0)")


def _export(name: str, taken: Sequence[str], returned: str, body: str) -> str:
    """Return an exported function, and the one that frees everything after it."""
    return f"""
  (func (export "{name}") (param {" ".join(taken)}) (result {returned}) {body})
  (func (export "cabi_post_{name}") (param {returned}) (call $reset))
"""
