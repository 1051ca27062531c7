"""Built plugins are plain components: an application without Componium runs them too."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import product
from pathlib import Path

import pytest

from .cases import CASES, LANGUAGES, PLUGINS, Case
from .launcher import built
from .peer import Peer


@pytest.fixture(scope="module")
def peers() -> Iterator[dict[tuple[str, str], Peer]]:
    """Compile each plugin in each language with PyPI's `wasmtime`."""
    with ExitStack() as stack:
        yield {pair: stack.enter_context(Peer(built(*pair))) for pair in product(PLUGINS, LANGUAGES)}


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_answer(peers: dict[tuple[str, str], Peer], case: Case, language: str, tmp_path: Path) -> None:
    """The plugin passes every case under PyPI's `wasmtime`."""
    answer = peers[case.plugin, language].handle(case.input, case.config, case.granted(tmp_path))
    assert answer == case.items


@pytest.mark.parametrize("name", PLUGINS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_trigger(peers: dict[tuple[str, str], Peer], name: str, language: str) -> None:
    """The plugin's first query reaches it by its trigger under PyPI's `wasmtime`."""
    query = next(case.input for case in CASES if case.plugin == name)
    assert query.startswith(peers[name, language].trigger())
