"""Every test of a sandboxed guest's resources, with the same guest in Python."""

from __future__ import annotations

import pytest

from host.tests import test_resources as sandboxed
from host.tests.conftest import ROOT
from host.tests.python_kind.counters import counters as plugin
from host.tests.python_kind.plugin import PythonComponent

WIT = ROOT / "tests" / "guests" / "resources" / "wit" / "resources.wit"

# The tests, and the fixtures they use; only the component is another.
globals().update({name: thing for name, thing in vars(sandboxed).items() if name.startswith("test_")})
del test_class_is_described  # type: ignore[name-defined]  # noqa: F821  # contracts have the documentation of their WIT
files, instance, counters = sandboxed.files, sandboxed.instance, sandboxed.counters


@pytest.fixture(scope="module")
def component() -> PythonComponent:
    """Give the component with counters, tickets and the use of files."""
    component = PythonComponent(WIT.read_text(encoding="utf-8"), plugin)
    sandboxed.Files.problem = component.imports[0].types["Problem"]
    return component
