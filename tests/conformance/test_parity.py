"""The reference plugins do the same in every form, as far as random inputs tell.

`COMPONIUM_EXAMPLES=1000 python -m pytest tests/conformance/test_parity.py` tries more of them than CI does.
"""

import os
from pathlib import Path
from typing import Any

import componium
import pytest
from componium import parity
from hypothesis import strategies as st

from .builds import BUILDS, COMPONENTS, Build, real_paths
from .cases import Tree
from .expressions import EXPRESSIONS, GARBAGE

EXAMPLES = int(os.environ.get("COMPONIUM_EXAMPLES", "100"))

TREE = Tree(folders=("music/é/a b", "empty"), files=("notes.txt", "music/a", "music/b", "a b"))
NAMES = st.sampled_from(["music", "notes.txt", ".", "..", "", "é", "a b", "absent"]) | st.text(max_size=5)
PATHS = st.lists(NAMES).map("/".join)

# From the contract alone hardly any query starts with the trigger.
QUERIES = {
    "echo": st.text().map(">{}".format),
    "calc": (EXPRESSIONS | GARBAGE).map("={}".format),
    "dir": PATHS.map("/{}".format),
}
OTHERS = BUILDS[1:]


def assert_equal(plugin: str, a: Build, b: Build, queries: st.SearchStrategy[str] | None, **options: Any) -> None:  # noqa: ANN401
    """Compare a plugin in two forms, with queries of a strategy or of the contract alone."""
    inputs = {} if queries is None else {"handle": st.tuples(queries)}
    report = parity.compare(a.load(plugin), b.load(plugin), examples=EXAMPLES, inputs=inputs, **options)
    assert report.equal, parity.to_text(report)
    assert {each.name: each.cases >= EXAMPLES for each in report.comparisons}["runner.handle"]


@pytest.mark.parametrize("build", OTHERS, ids=str)
@pytest.mark.parametrize("plugin", ["echo", "calc"])
def test_queries(plugin: str, build: Build) -> None:
    """A plugin answers, logs and asks what its component in Rust does, whatever the query."""
    assert_equal(plugin, BUILDS[0], build, QUERIES[plugin])


@pytest.mark.parametrize("build", OTHERS, ids=str)
@pytest.mark.parametrize("plugin", ["echo", "calc"])
def test_any_text(plugin: str, build: Build) -> None:
    """The same holds for text that hardly ever is a query of the plugin."""
    assert_equal(plugin, BUILDS[0], build, None)


@pytest.mark.parametrize("build", COMPONENTS[1:], ids=str)
def test_granted_folders(build: Build, tmp_path: Path) -> None:
    """Components list the folder that is granted."""
    grants = [componium.Folder(TREE.make(tmp_path))]
    assert_equal("dir", BUILDS[0], build, QUERIES["dir"], grants=grants)


@real_paths
@pytest.mark.parametrize("build", [build for build in BUILDS[4:] if build.kind != "wasm"], ids=str)
def test_real_folders(build: Build, tmp_path: Path) -> None:
    """Plugins outside the sandbox list the same folders of the machine, whatever the path."""
    root = TREE.make(tmp_path)
    inside = PATHS.filter(lambda path: ".." not in path)  # what is above it may change meanwhile
    assert_equal("dir", BUILDS[3], build, inside.map(f"{root}/{{}}".format))
