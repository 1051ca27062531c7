"""What a plugin is built into."""

import enum


class Kind(enum.StrEnum):
    """What a plugin is built into.

    Attributes:
        WASM: A component, for every machine and inside the sandbox.
        NATIVE: A shared library for this system and every processor of this family, outside the sandbox.
        MARCH_NATIVE: The same with all instructions of the very processor that it is built on.
    """

    WASM = "wasm"
    NATIVE = "native"
    MARCH_NATIVE = "march-native"
