"""The bindings that are kept, and their contracts; run this file to write them again."""

from __future__ import annotations

from pathlib import Path

from componium._bindgen import generate, read_wit

ROOT = Path(__file__).parents[3]
WIT = "host/tests/bindgen/wit"
GENERATED = "host/tests/bindgen/generated"
LINE_LENGTH = 120
"""As long as all lines of the repository."""

CONTRACTS: dict[str, tuple[str, str | None]] = {
    "docs/examples/bindings/launcher.py": ("wit/launcher/0.1.0", "plugin"),
    "docs/examples/bindings/values.py": ("tests/guests/values/wit", None),
    "examples/launcher/bindings.py": ("wit/launcher/0.1.0", "plugin"),
    f"{GENERATED}/bench.py": ("wit/bench/0.1.0", None),
    f"{GENERATED}/clashes.py": (f"{WIT}/clashes.wit", None),
    f"{GENERATED}/everything.py": (f"{WIT}/everything.wit", None),
    f"{GENERATED}/functions.py": (f"{WIT}/functions.wit", None),
    f"{GENERATED}/guest_resources.py": ("tests/guests/resources/wit", None),
    f"{GENERATED}/hostile_c.py": ("tests/hostile/wit/c", None),
    f"{GENERATED}/hostile_rust.py": ("tests/hostile/wit/rust", None),
    f"{GENERATED}/launcher.py": ("wit/launcher/0.1.0", "plugin"),
    f"{GENERATED}/native.py": ("host/tests/native/plugin/plugin.wit", None),
    f"{GENERATED}/packages.py": (f"{WIT}/packages", None),
    f"{GENERATED}/parity.py": ("tests/guests/parity/wit", None),
    f"{GENERATED}/resource_launcher.py": ("wit/launcher/0.1.0", "resource-plugin"),
    f"{GENERATED}/resources.py": (f"{WIT}/resources.wit", None),
    f"{GENERATED}/values.py": ("tests/guests/values/wit", None),
}
"""Source and world by the module, both from the root of the repository."""


def write_all() -> None:
    """Write all bindings."""
    for path, (source, world) in CONTRACTS.items():
        text = generate(read_wit(ROOT / source, world), LINE_LENGTH)
        (ROOT / path).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_all()
