"""Tools that come as Python packages."""

from importlib import metadata
from types import SimpleNamespace

import pytest
from componium_sdk import MissingToolError, _tools

RECORD = """\
some_tool/__init__.py,sha256=one,1
some_tool/__pycache__/__init__.cpython-311.pyc,,
../../../bin/some-tool,sha256={script},2
some_tool-1.0.dist-info/INSTALLER,sha256={installer},3
"""


def build_of(monkeypatch: pytest.MonkeyPatch, record: str) -> str:
    """The build of a distribution with this record."""
    monkeypatch.setattr(_tools, "version", lambda _name: "1.0")
    monkeypatch.setattr(metadata, "distribution", lambda _name: SimpleNamespace(read_text=lambda _file: record))
    _tools.build_of.cache_clear()
    try:
        return _tools.build_of("some-tool")
    finally:
        _tools.build_of.cache_clear()


def test_builds_of_one_version_differ_by_their_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other code is another build; the same code in another environment is not."""
    first = build_of(monkeypatch, RECORD.format(script="a", installer="pip"))

    assert build_of(monkeypatch, RECORD.format(script="b", installer="uv")) == first
    assert build_of(monkeypatch, RECORD.replace("one", "two")) != first


def test_missing_package_has_a_remedy() -> None:
    """A package that is not installed comes with the command that installs it."""
    with pytest.raises(MissingToolError, match="pip install no-such-tool"):
        _tools.version("no-such-tool")


def test_zig_is_an_executable() -> None:
    """The compiler's own file is found inside its package."""
    assert _tools.zig_executable().is_file()
