"""The reference plugins do the same in every language, as far as random inputs tell.

`COMPONIUM_EXAMPLES=1000 python -m pytest tests/conformance/test_parity.py` tries more of them than CI does.
"""

import os
from pathlib import Path
from typing import Any

import componium
import pytest
from componium import parity
from hypothesis import strategies as st

from .cases import Tree
from .expressions import EXPRESSIONS, GARBAGE
from .launcher import built

EXAMPLES = int(os.environ.get("COMPONIUM_EXAMPLES", "100"))

NAMES = st.sampled_from(["music", "notes.txt", ".", "..", "", "é", "a b", "absent"]) | st.text(max_size=5)

QUERIES = {
    "echo": st.text().map(">{}".format),
    "calc": (EXPRESSIONS | GARBAGE).map("={}".format),
    "dir": st.lists(NAMES).map("/".join).map("/{}".format),
}
"""Queries that a plugin answers: generated from the contract alone, hardly any text starts with the trigger."""

TREE = Tree(folders=("music/é/a b", "empty"), files=("notes.txt", "music/a", "music/b", "a b"))


@pytest.mark.parametrize("language", ["c", "python"])
@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("queries", ["to the point", "of the contract"])
def test_reference_plugins_do_the_same(name: str, language: str, queries: str, tmp_path: Path) -> None:
    """A plugin answers, logs and asks what the same plugin in Rust does, whatever it is asked."""
    inputs: dict[str, Any] = {"handle": st.tuples(QUERIES[name])} if queries == "to the point" else {}
    report = parity.compare(
        built(name, "rust"),
        built(name, language),
        examples=EXAMPLES,
        inputs=inputs,
        grants=[componium.Folder(TREE.make(tmp_path))],
    )
    assert report.equal, parity.to_text(report)
    assert {"runner.handle": EXAMPLES}.items() <= {each.name: each.cases for each in report.comparisons}.items()
