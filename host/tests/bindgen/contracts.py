"""The contracts whose bindings are kept in `generated`; run this file to write them again."""

from __future__ import annotations

from pathlib import Path

from componium._bindgen import generate, read_wit

ROOT = Path(__file__).parents[3]
WIT = Path("host/tests/bindgen/wit")
GENERATED = Path(__file__).parent / "generated"
LINE_LENGTH = 120
"""As long as all lines of the repository."""

CONTRACTS: dict[str, tuple[Path, str | None]] = {
    "bench": (Path("wit/bench/0.1.0"), None),
    "clashes": (WIT / "clashes.wit", None),
    "everything": (WIT / "everything.wit", None),
    "functions": (WIT / "functions.wit", None),
    "launcher": (Path("wit/launcher/0.1.0"), "plugin"),
    "packages": (WIT / "packages", None),
    "resource_launcher": (Path("wit/launcher/0.1.0"), "resource-plugin"),
    "guest_resources": (Path("tests/guests/resources/wit"), None),
    "resources": (WIT / "resources.wit", None),
    "values": (Path("tests/guests/values/wit"), None),
}
"""Source, relative to the root of the repository, and world, by the name of the generated module."""


def write_all() -> None:
    """Write all bindings."""
    for name, (source, world) in CONTRACTS.items():
        text = generate(read_wit(ROOT / source, world), LINE_LENGTH)
        (GENERATED / f"{name}.py").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_all()
