"""Python plugins: how errors come back. The repository's own plugins show whole builds, which take seconds each."""

from collections.abc import Callable
from pathlib import Path

import pytest
from componium_sdk import BuildError, Language, build

SOURCE = "class WitWorld:\n    def greet(self, name):\n        return (name\n"


def test_error_names_tool_file_and_line(make_project: Callable[[Language, dict[str, str]], Path]) -> None:
    """What Python refuses is reported with tool, file, line, and Python's own text."""
    folder = make_project(Language.PYTHON, {"greeter.py": SOURCE})

    with pytest.raises(BuildError) as caught:
        build(folder, folder / "out")

    assert caught.value.tool == "componentize-py"
    assert caught.value.message == "SyntaxError: '(' was never closed"
    assert str(caught.value.place) == f"{folder / 'greeter.py'}:3"
    assert "Stack backtrace" not in caught.value.output
