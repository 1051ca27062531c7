"""A host of native plugins in ctypes, as docs/reference/native-abi.md says: what tests call libraries with."""

import ctypes
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

HEADER = b"componium-native"

# What serves an import: its values, as numbers; the result is what it returns. False ends the call.
Import = Callable[[Sequence[int]], int | bool]


def _refuse(_values: Sequence[int]) -> bool:
    return False


Values = ctypes.c_uint64 * 17
ValuesPointer = ctypes.POINTER(ctypes.c_uint64)
HostCall = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_uint32, ValuesPointer)
ExportCall = ctypes.CFUNCTYPE(ctypes.c_int32, ValuesPointer)


class _Host(ctypes.Structure):
    _fields_ = (("context", ctypes.c_void_p), ("call", HostCall))


class _Export(ctypes.Structure):
    _fields_ = (("name", ctypes.c_char_p), ("call", ExportCall))


class _Import(ctypes.Structure):
    _fields_ = (("module", ctypes.c_char_p), ("name", ctypes.c_char_p))


class _Plugin(ctypes.Structure):
    _fields_ = (
        ("abi", ctypes.c_uint32),
        ("pointer", ctypes.c_uint32),
        ("digest", ctypes.c_char_p),
        ("export_count", ctypes.c_uint32),
        ("import_count", ctypes.c_uint32),
        ("exports", ctypes.POINTER(_Export)),
        ("imports", ctypes.POINTER(_Import)),
        ("realloc", ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, *[ctypes.c_size_t] * 3)),
        ("start", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Host))),
        ("failure", ctypes.CFUNCTYPE(ctypes.c_char_p)),
    )


class EndedError(Exception):
    """The plugin, or an import, has ended the call; the text is why, where the plugin said so."""


class NativeLibrary:
    """A loaded plugin.

    Args:
        path: The library.
        imports: What serves an import, by its name; the others end the call.
    """

    def __init__(self, path: Path, imports: dict[str, Import] | None = None) -> None:
        self.library = ctypes.CDLL(str(path))
        self._plugin = plugin = _Plugin.in_dll(self.library, "componium_plugin")
        self.abi, self.pointer, self.digest = plugin.abi, plugin.pointer, plugin.digest.decode()
        self.exports = {plugin.exports[i].name.decode(): plugin.exports[i].call for i in range(plugin.export_count)}
        self.imports = [
            f"{plugin.imports[i].module.decode()}#{plugin.imports[i].name.decode()}" for i in range(plugin.import_count)
        ]
        served: dict[str, Import] = imports or {}

        def call(_context: int, number: int, values: "ctypes.Array[ctypes.c_uint64]") -> int:
            result = served.get(self.imports[number], _refuse)([values[index] for index in range(len(Values()))])
            if result is not False:
                values[0] = int(result)
            return int(result is False)

        self._host = _Host(None, HostCall(call))
        plugin.start(ctypes.byref(self._host))

    def call(self, name: str, *arguments: int) -> int:
        """Call an export.

        Raises:
            EndedError: It did not come back.
        """
        values = Values(*(argument & 0xFFFF_FFFF_FFFF_FFFF for argument in arguments))
        if self.exports[name](values) != 0:
            raise EndedError((self._plugin.failure() or b"").decode())
        return values[0]

    def write(self, content: bytes) -> tuple[int, int]:
        """Put bytes into the plugin's memory: their address and length."""
        address = self._plugin.realloc(None, 0, 1, len(content))
        ctypes.memmove(address, content, len(content))
        return address, len(content)

    @staticmethod
    def read(address: int) -> bytes:
        """Read the string or the list of bytes whose address and length lie at an address."""
        start, length = (ctypes.c_uint64 * 2).from_address(address)
        return ctypes.string_at(start, length)


def read_world(path: Path) -> tuple[int, int, bytes, bytes]:
    """Read what a library says of its world without loading it: version, pointer width, digest, world."""
    content = path.read_bytes()
    assert content.count(HEADER) == 1
    body = content[content.index(HEADER) + len(HEADER) :]
    version, pointer = (int.from_bytes(body[start : start + 4], "little") for start in (0, 4))
    digest, length = body[8:40], int.from_bytes(body[40:48], "little")
    world = body[48 : 48 + length]
    assert hashlib.sha256(world).digest() == digest
    return version, pointer, digest, world
