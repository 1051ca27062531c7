"""Values that break the canonical ABI, by every way that a value takes from a guest to the host.

The names in parentheses are those of the definitions in CanonicalABI.md.
"""

from __future__ import annotations

from typing import Any

import pytest
from componium import Ok, Trap

from .attack import fails
from .value import END, MOST, TAG, TAIL, Value, memory, one, pair, utf8, utf16

BROKE = "the guest broke the canonical ABI: "
OUTSIDE = "lie outside its memory of 65536 bytes"

UNSOUND = {
    # Strings lie in memory (load_string_from_range).
    "string one past the end": pair("string", END - 3, 4, f"4 bytes at 0xfffd {OUTSIDE}"),
    "string beyond the end": pair("string", END + 1, 0, f"0 bytes at 0x10001 {OUTSIDE}"),
    "string at the last address": pair("string", MOST, 1, f"1 bytes at 0xffffffff {OUTSIDE}"),
    "string that wraps around": pair("string", MOST, 2, f"2 bytes at 0xffffffff {OUTSIDE}"),
    "string of 4 GiB": pair("string", 0, MOST, f"4294967295 bytes at 0x0 {OUTSIDE}"),
    "utf16 string of 8 GiB": pair("string", 0, MOST, f"8589934590 bytes at 0x0 {OUTSIDE}", encoding="utf16"),
    "utf16 string whose size wraps around": pair(
        "string", 0, 1 << 31, f"4294967296 bytes at 0x0 {OUTSIDE}", encoding="utf16"
    ),
    "latin1 string beyond the end": pair("string", 2, END, f"65536 bytes at 0x2 {OUTSIDE}", encoding="latin1+utf16"),
    "tagged string of twice the size": pair(
        "string", 2, TAG | END // 2, f"65536 bytes at 0x2 {OUTSIDE}", encoding="latin1+utf16"
    ),
    # Strings are aligned to their units (load_string_from_range).
    "odd utf16 string": pair("string", TAIL + 1, 1, "a string at 0x401 is not aligned", encoding="utf16"),
    "odd latin1 string": pair("string", TAIL + 1, 1, "a string at 0x401 is not aligned", encoding="latin1+utf16"),
    "odd empty string": pair("string", TAIL + 1, 0, "a string at 0x401 is not aligned", encoding="utf16"),
    # Strings are text in their encoding (load_string_from_range).
    "utf8 byte of no sequence": utf8("ff"),
    "utf8 continuation alone": utf8("80"),
    "utf8 overlong in two bytes": utf8("c0 80"),
    "utf8 overlong in three bytes": utf8("e0 80 af"),
    "utf8 overlong in four bytes": utf8("f0 80 80 af"),
    "utf8 truncated": utf8("61 e2 82"),
    "utf8 interrupted": utf8("e2 28 a1"),
    "utf8 high surrogate": utf8("ed a0 80"),
    "utf8 pair of surrogates": utf8("ed a0 bd ed b8 80"),
    "utf8 beyond U+10FFFF": utf8("f4 90 80 80"),
    "utf8 of five bytes": utf8("f8 88 80 80 80"),
    "utf16 high surrogate alone": utf16("00 d8"),
    "utf16 low surrogate alone": utf16("00 dc"),
    "utf16 surrogates swapped": utf16("00 dc 00 d8"),
    "utf16 surrogate at the end": utf16("61 00 3d d8"),
    "tagged high surrogate alone": utf16("00 d8", "latin1+utf16"),
    "latin1 tagged as utf16": utf16("61 d8 62 d8", "latin1+utf16"),
    # Lists lie in memory (load_list_from_range).
    "bytes one past the end": pair("(list u8)", 1, END, f"65536 bytes at 0x1 {OUTSIDE}"),
    "bytes of 4 GiB": pair("(list u8)", 0, MOST, f"4294967295 bytes at 0x0 {OUTSIDE}"),
    "list whose size wraps around": pair("(list u64)", 0, 0x20000001, f"4294967304 bytes at 0x0 {OUTSIDE}"),
    "list of 2^32-1 bools": pair("(list bool)", 0, MOST, f"4294967295 bytes at 0x0 {OUTSIDE}"),
    "list of 2^32-1 results": pair("(list (result))", 0, MOST, f"4294967295 bytes at 0x0 {OUTSIDE}"),
    "list of 2^32-1 strings": pair("(list string)", 0, MOST, f"34359738360 bytes at 0x0 {OUTSIDE}"),
    "list whose last element leaves": pair("(list u32)", END - 4, 2, f"8 bytes at 0xfffc {OUTSIDE}"),
    "empty list beyond the end": pair("(list u32)", END + 4, 0, f"0 bytes at 0x10004 {OUTSIDE}"),
    # Lists are aligned to their elements (load_list_from_range).
    "odd list of u16": pair("(list u16)", TAIL + 1, 1, "a list at 0x401 is not aligned to 2 bytes"),
    "list of u32 at half a word": pair("(list u32)", TAIL + 2, 1, "a list at 0x402 is not aligned to 4 bytes"),
    "list of u64 at half its size": pair("(list u64)", TAIL + 4, 1, "a list at 0x404 is not aligned to 8 bytes"),
    "list of records not aligned": pair("(list $point)", TAIL + 4, 1, "a list at 0x404 is not aligned to 8 bytes"),
    "empty list not aligned": pair("(list u32)", TAIL + 2, 0, "a list at 0x402 is not aligned to 4 bytes"),
    # The same for what lists and strings contain.
    "string in a list beyond the end": pair(
        "(list string)", TAIL, 1, f"16 bytes at 0xfffffff0 {OUTSIDE}", "f0ffffff 10000000"
    ),
    "list in a list not aligned": pair(
        "(list (list u16))", TAIL, 1, "a list at 0x401 is not aligned to 2 bytes", "01040000 01000000"
    ),
    "char in a list": pair("(list char)", TAIL, 1, "0xd800 is not a Unicode scalar value", "00d80000"),
    "enum in a list": pair("(list $color)", TAIL, 2, "color has no case number 2", "01 02"),
    "variant in a list": pair("(list $shape)", TAIL, 1, "shape has no case number 255", "ff000000 00000000"),
    "option in a list": pair("(list (option u8))", TAIL, 1, "an option or result has no case number 2", "02 00"),
    # Characters are Unicode scalar values (convert_i32_to_char).
    "first surrogate": one("char", 0xD800, "0xd800 is not a Unicode scalar value"),
    "last surrogate": one("char", 0xDFFF, "0xdfff is not a Unicode scalar value"),
    "character beyond U+10FFFF": one("char", 0x110000, "0x110000 is not a Unicode scalar value"),
    "greatest character": one("char", MOST, "0xffffffff is not a Unicode scalar value"),
    "character in memory": memory("char", "00d80000", "0xd800 is not a Unicode scalar value", core="u32"),
    # A discriminant has a case (load_variant, lift_flat_variant).
    "enum": one("$color", 2, "color has no case number 2"),
    "enum with upper bits": one("$color", 0x101, "color has no case number 257"),
    "greatest enum": one("$color", MOST, "color has no case number 4294967295"),
    "enum in memory": memory("$color", "02", "color has no case number 2", core="u32"),
    "result": one("(result)", 2, "an option or result has no case number 2"),
    "result in memory": memory("(result)", "ff", "an option or result has no case number 255", core="u32"),
    "option": Value(type="(option u32)", error="an option or result has no case number 2", flat=(2, 0)),
    "option with upper bits": Value(
        type="(option u32)", error="an option or result has no case number 256", flat=(256, 0)
    ),
    "option in memory": memory("(option u32)", "02000000 00000000", "an option or result has no case number 2"),
    "variant": Value(type="$shape", error="shape has no case number 2", flat=(2, 0)),
    "variant in memory": memory("$shape", "02000000 00000000", "shape has no case number 2"),
    "variant in a tuple": memory(
        "(tuple u8 $shape)", "00000000 02000000 00000000", "shape has no case number 2", "u32 u32 u32"
    ),
    "nested option": memory(
        "(option (option u8))", "01 02 00", "an option or result has no case number 2", "u32 u32 u32"
    ),
    "char that only one case has": Value(
        type="(result char (error u32))", error="0xd800 is not a Unicode scalar value", flat=(0, 0xD800)
    ),
    "string in a record beyond the end": memory(
        "(tuple u32 string)", "00000000 ffffffff 01000000", f"1 bytes at 0xffffffff {OUTSIDE}", "u32 u32 u32"
    ),
}


@pytest.mark.parametrize(("name", "way"), [(name, way) for name, value in UNSOUND.items() for way in value.ways()])
def test_unsound(name: str, way: str) -> None:
    """A value that breaks a rule ends the call with the reason, whichever way it comes."""
    value = UNSOUND[name]
    component = value.component()
    taken: list[object] = []
    imports = {"take": taken.append, "take_in_memory": lambda value, _: taken.append(value)}
    fails(
        lambda: component.instantiate(imports),
        lambda instance: value.hand_over(instance, way),
        Trap,
        f"value: {way}(): {BROKE}{value.error}",
    )
    assert taken == []  # the host function never ran


SOUND = {
    # Whatever is not zero is true (convert_int_to_bool).
    "bool of upper bits": (one("bool", 0x80000000), True),
    "bool 2": (one("bool", 2), True),
    "bool in memory": (memory("bool", "ff", core="u32"), True),
    # Upper bits do not count (lift_flat_signed).
    "u8 with upper bits": (one("u8", 0xFFFFFF01), 1),
    "s8 with upper bits": (one("s8", 0x00000180), -128),
    "u16 with upper bits": (one("u16", 0xFFFF0001), 1),
    "s16 with upper bits": (one("s16", 0x00018000), -32768),
    "u8 in a wider slot": (Value(type="(result u8 (error u64))", flat=(0, 0x1FF), core="u32 u64"), Ok(255)),
    "f32 in a wider slot": (
        Value(type="(result f32 (error u64))", flat=(0, 0xFFFFFFFF3F800000), core="u32 u64"),
        Ok(1.0),
    ),
    # Bits beyond the last flag do not count (unpack_flags_from_int).
    "flags with further bits": (one("$access", 0xFFFFFFF9), {"READ"}),
    "flags in memory with further bits": (memory("$access", "fa", core="u32"), {"WRITE"}),
    # A case's payload may be followed by anything.
    "payload of a case without one": (memory("$shape", "00ffffff ffffffff"), "Shape.Dot()"),
    "padding that is not zero": (
        memory("$point", "01ffffff ffffffff 02000000 00000000", core="u32 u64"),
        "Point(x=1, y=2)",
    ),
    # Every encoding.
    "utf8": (pair("string", TAIL, 3, tail="61 c3 a9"), "aé"),
    "utf16": (pair("string", TAIL, 4, tail="61 00 e9 00 3d d8 00 de", encoding="utf16"), "aé😀"),
    "latin1": (pair("string", TAIL, 2, tail="61 e9", encoding="latin1+utf16"), "aé"),
    "utf16 by its tag": (pair("string", TAIL, TAG | 2, tail="3d d8 00 de", encoding="latin1+utf16"), "😀"),
    # Bounds are exact.
    "string up to the end": (pair("string", END - 3, 3), "\0\0\0"),
    "empty string at the end": (pair("string", END, 0), ""),
    "empty list at the end": (pair("(list u64)", END, 0), []),
    "list that lies in its own descriptor": (pair("(list u32)", 16, 2), [16, 2]),
    "the same bytes twice": (pair("(list (list u8))", TAIL, 2, tail=2 * "00040000 02000000"), [b"\0\4", b"\0\4"]),
}


@pytest.mark.parametrize(("name", "way"), [(name, way) for name, (value, _) in SOUND.items() for way in value.ways()])
def test_sound(name: str, way: str) -> None:
    """What the rules allow arrives as they say, however odd."""
    value, expected = SOUND[name]
    taken: list[Any] = []
    imports = {"take": taken.append, "take_in_memory": lambda value, _: taken.append(value)}
    with value.component().instantiate(imports) as instance:
        got: Any = value.hand_over(instance, way)
    got = got if way == "produce" else taken[0]
    if isinstance(expected, set):  # a class of the component's own, by the names of its members
        assert {member.name for member in got} == expected
    elif isinstance(expected, str):
        assert expected in {got, repr(got)}
    else:
        assert (type(got), got) == (type(expected), expected)
