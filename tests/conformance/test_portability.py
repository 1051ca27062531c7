"""Built plugins are plain components: an application without Componium runs them too."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import product
from pathlib import Path

import pytest

from .builds import COMPONENTS, Build
from .cases import CASES, PLUGINS, Case
from .peer import Peer


@pytest.fixture(scope="module")
def peers() -> Iterator[dict[tuple[str, Build], Peer]]:
    """Compile each plugin in each language with PyPI's `wasmtime`."""
    with ExitStack() as stack:
        yield {
            (name, build): stack.enter_context(Peer(build.path(name))) for name, build in product(PLUGINS, COMPONENTS)
        }


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("build", COMPONENTS, ids=str)
def test_answer(peers: dict[tuple[str, Build], Peer], case: Case, build: Build, tmp_path: Path) -> None:
    """The plugin passes every case under PyPI's `wasmtime`."""
    answer = peers[case.plugin, build].handle(case.input, case.config, case.granted(tmp_path))
    assert answer == case.items


@pytest.mark.parametrize("name", PLUGINS)
@pytest.mark.parametrize("build", COMPONENTS, ids=str)
def test_trigger(peers: dict[tuple[str, Build], Peer], name: str, build: Build) -> None:
    """The plugin's first query reaches it by its trigger under PyPI's `wasmtime`."""
    query = next(case.input for case in CASES if case.plugin == name)
    assert query.startswith(peers[name, build].trigger())
