"""What a guest hands over is checked before it is believed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import componium
import pytest
from componium import Trap, toolchain

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., object]

WIT = """
package test:lift;
world lift {{
  enum color {{ red, green }}
  variant shape {{ dot, line(u32) }}
  export run: func() -> {type};
}}
"""

#: Its function returns what memory holds at an address of its choice.
SOURCE = """
(module
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) unreachable)
  (func (export "run") (result i32) (i32.const {address}))
  {data})
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Give a function that calls a guest whose memory holds `words` at 16 and the bytes of `tail` at 1024."""

    def run(wit: str, *words: int, address: int = 16, encoding: Any = "utf8", tail: str = "") -> object:
        data = "".join(f"\\{byte:02x}" for word in words for byte in word.to_bytes(4, "little"))
        segments = f'(data (i32.const 16) "{data}") (data (i32.const 1024) "{tail}")'
        (tmp_path / "lift.wit").write_text(WIT.format(type=wit))
        core = toolchain.parse_text(SOURCE.format(address=address, data=segments))
        wasm = toolchain.componentize(toolchain.embed(core, tmp_path, encoding=encoding))
        with componium.load(wasm, name="guest").instantiate() as instance:
            return instance.run()

    return run


@pytest.mark.parametrize(
    ("wit", "words", "encoding", "tail", "expected"),
    [
        ("string", (1024, 3), "utf8", "abc", "abc"),
        ("string", (1024, 2), "utf16", r"a\00\e9\00", "aé"),
        ("string", (1024, 2), "latin1+utf16", r"a\e9", "aé"),
        ("string", (1024, 2 | 1 << 31), "latin1+utf16", r"\3d\d8\00\de", "😀"),
        ("list<u16>", (1024, 2), "utf8", r"\01\00\02\00", [1, 2]),
        ("tuple<u8, u64>", (5, 0, 6, 0), "utf8", "", (5, 6)),
        ("option<u32>", (0, 7), "utf8", "", None),
        ("option<u32>", (1, 7), "utf8", "", 7),
    ],
)
def test_sound(
    run: Run,
    wit: str,
    words: tuple[int, ...],
    encoding: str,
    tail: str,
    expected: object,
) -> None:
    """What is sound arrives, in every encoding."""
    assert run(wit, *words, encoding=encoding, tail=tail) == expected


@pytest.mark.parametrize(
    ("wit", "words", "encoding", "tail", "message"),
    [
        ("string", (1024, 0xFFFFFFFF), "utf8", "", "4294967295 bytes at 0x400 lie outside its memory of 65536 bytes"),
        ("string", (0xFFFFFFFF, 1), "utf8", "", "outside its memory"),
        ("string", (1024, 1), "utf8", r"\ff", "a string of 1 bytes at 0x400 is not valid UTF-8"),
        ("string", (1024, 3), "utf8", r"\ed\a0\80", "not valid UTF-8"),
        ("string", (1025, 1), "utf16", "", "not aligned"),
        ("string", (1024, 1), "utf16", r"\00\d8", "not valid UTF-16"),
        ("string", (1024, 0x7FFFFFFF), "utf16", "", "outside its memory"),
        ("list<u32>", (1026, 1), "utf8", "", "a list at 0x402 is not aligned to 4 bytes"),
        ("list<u64>", (1024, 0x20000001), "utf8", "", "outside its memory"),
        ("list<color>", (1024, 1), "utf8", r"\02", "color has no case number 2"),
        ("list<char>", (1024, 1), "utf8", r"\00\d8\00\00", "0xd800 is not a Unicode scalar value"),
        ("tuple<u32, shape>", (0, 2, 0), "utf8", "", "shape has no case number 2"),
        ("option<u64>", (2, 0, 0, 0), "utf8", "", "an option or result has no case number 2"),
    ],
)
def test_unsound(
    run: Run,
    wit: str,
    words: tuple[int, ...],
    encoding: str,
    tail: str,
    message: str,
) -> None:
    """What breaks the canonical ABI ends the call, with the reason."""
    with pytest.raises(Trap, match=f"guest: run\\(\\): the guest broke the canonical ABI: .*{message}"):
        run(wit, *words, encoding=encoding, tail=tail)


@pytest.mark.parametrize(("address", "message"), [(17, "is not aligned to 4 bytes"), (65532, "outside its memory")])
def test_result_address(run: Run, address: int, message: str) -> None:
    """The address of a result is checked as any other."""
    with pytest.raises(Trap, match=message):
        run("string", address=address)


def test_amplification(run: Run) -> None:
    """A list of many strings that are all the same bytes is not copied without end."""
    pair = r"\00\04\00\00\00\70\00\00"  # 28672 bytes at 1024
    with pytest.raises(Trap, match="it returned more than 128 MiB of strings and lists"):
        run("list<string>", 2048, 7000, tail=r"\00" * 1024 + pair * 7000)


REALLOC = """
(component
  (core module $m
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const {address}))
    (func (export "take") (param i32 i32)))
  (core instance $i (instantiate $m))
  (func (export "take") (param "items" {type})
    (canon lift (core func $i "take") (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))
"""


@pytest.mark.parametrize(
    ("address", "message"), [(65532, "beyond end of memory"), (17, "not aligned"), (-8, "beyond end")]
)
def test_realloc_that_lies(text: Callable[..., componium.Component], address: int, message: str) -> None:
    """Where a guest says that it has room is checked before anything is written."""
    source = REALLOC.format(address=address, type="(list u32)")
    with text(source).instantiate() as instance, pytest.raises(Trap, match=message):
        instance.take([1, 2, 3])


@pytest.mark.parametrize(
    ("function", "numbers", "code"), [("echo_floats", [1.5, -0.0, 2.0], "d"), ("echo_shorts", [-7, 300], "h")]
)
def test_arrays(values: componium.Component, function: str, numbers: list[float], code: str) -> None:
    """On demand, lists of numbers come out as buffers, for callers and for host functions."""
    seen: list[object] = []

    class Host:
        def __getattr__(self, name: str) -> object:
            return self.echo

        def echo(self, *values: object) -> object:
            seen.extend(values)
            return values[0]

    with values.instantiate({"echoes": Host()}, arrays=True) as instance:
        result = getattr(instance.echoes, function)(numbers)
    assert isinstance(result, memoryview)
    assert (result.format, result.tolist()) == (code, numbers)
    assert seen == [result]
