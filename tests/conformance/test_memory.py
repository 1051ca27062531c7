"""Plugins give back the memory of a call."""

from pathlib import Path

import componium
import pytest

from .builds import COMPONENTS, Build
from .cases import Tree
from .launcher import Plugin

ROUNDS = 500
TEXT = "x" * 20_000
"""Each round asks for at least this many bytes; without giving them back, 500 rounds need ten million."""

LIMITS = {"rust": 4 * 2**20, "c": 4 * 2**20, "python": 24 * 2**20}
"""Bytes of memory; a Python plugin starts with 13 million."""


@pytest.mark.parametrize("name", ["echo", "calc", "dir"])
@pytest.mark.parametrize("build", COMPONENTS, ids=str)
def test_calls_leave_nothing_behind(name: str, build: Build, tmp_path: Path) -> None:
    """A plugin answers many large queries in little memory, the good ones and the bad."""
    Tree(files=tuple(f"{number:03}" for number in range(50))).make(tmp_path)
    queries = {"echo": [f">{TEXT}"], "calc": [f"={TEXT}", f"=1{' ' * len(TEXT)}+1"], "dir": ["/", f"/{TEXT}"]}[name]
    grants = [componium.Folder(tmp_path, at="/")]
    limit = LIMITS[build.language]
    with Plugin(name, build, config={"prefix": TEXT}, grants=grants, memory=limit) as plugin:
        expected = [plugin.ask(query) for query in queries]
        for _ in range(ROUNDS):
            assert [plugin.ask(query) for query in queries] == expected
