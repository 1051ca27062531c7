"""Every form in which the reference plugins exist."""

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import componium
import pytest

ROOT = Path(__file__).parents[2]
CONTRACT = componium.Contract(ROOT / "wit" / "launcher" / "0.1.0", "plugin")


@dataclass(frozen=True)
class Build:
    """A form of the reference plugins.

    Args:
        kind: What runs it: `wasm`, `native` or `python`.
        language: What it is written in.
    """

    kind: str
    language: str

    def path(self, plugin: str) -> Path:
        """Return where a plugin is in this form; fail the test where it is missing."""
        if self.kind == "python":
            return ROOT / "sdk-guests" / "plugins" / plugin / self.language
        folder, name = ("plugins", "{}.wasm") if self.kind == "wasm" else ("plugins-native", "{}.*-*")
        found = sorted((ROOT / "build" / folder).glob(name.format(f"{plugin}-{self.language}")))
        if not found:
            pytest.fail(f"build/{folder} has no {plugin}-{self.language}: run `nox -s build`", pytrace=False)
        return found[0]

    def load(self, plugin: str) -> componium.Component:
        """Return a plugin in this form, loaded once."""
        return _load(self, plugin)

    def __str__(self) -> str:
        return f"{self.kind}-{self.language}"


@cache
def _load(build: Build, plugin: str) -> componium.Component:
    return componium.load(build.path(plugin), contract=CONTRACT, trust=build.kind != "wasm")


COMPONENTS = tuple(Build("wasm", language) for language in ("rust", "c", "python"))
"""The forms that run in the sandbox."""

BUILDS = (*COMPONENTS, Build("native", "rust"), Build("native", "c"), Build("python", "python"))
"""All forms."""

real_paths = pytest.mark.skipif(sys.platform == "win32", reason="reference plugins take `/` alone between names")
"""Of tests with plugins outside the sandbox, which maps paths on every system."""
