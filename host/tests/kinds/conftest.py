"""Plugins of every kind."""

from __future__ import annotations

import componium
import pytest

from host.tests.conftest import ROOT

LAUNCHER = componium.Contract(ROOT / "wit" / "launcher" / "0.1.0", "plugin")


def library(name: str) -> str:
    """Return the path of a built native library.

    Args:
        name: `<name>-<language>` of a reference plugin.
    """
    found = sorted((ROOT / "build" / "plugins-native").glob(f"{name}.*-*"))
    if not found:
        pytest.fail(f"build/plugins-native has no {name}: run `nox -s build`", pytrace=False)
    return str(found[0])
