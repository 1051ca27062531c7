"""Built plugins are plain components: an application without Componium runs them too."""

from functools import cache
from pathlib import Path

import pytest

from .cases import CASES, LANGUAGES, PLUGINS, Case
from .launcher import built
from .peer import Peer


@cache
def peer(plugin: str, language: str) -> Peer:
    """Return a plugin compiled by PyPI's `wasmtime`."""
    return Peer(built(plugin, language))


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_answer(case: Case, language: str, tmp_path: Path) -> None:
    """The plugin passes every case under PyPI's `wasmtime`."""
    plugin = peer(case.plugin, language)
    assert plugin.handle(case.input, case.config, case.granted(tmp_path)) == case.items


@pytest.mark.parametrize("name", PLUGINS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_trigger(name: str, language: str) -> None:
    """The plugin's first query reaches it by its trigger under PyPI's `wasmtime`."""
    assert peer(name, language).trigger() == next(case.input for case in CASES if case.plugin == name)[0]
