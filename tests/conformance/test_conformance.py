"""Every built plugin passes every case of its specification."""

from pathlib import Path

import componium
import pytest

from .cases import CASES, LANGUAGES, PLUGINS, Case
from .launcher import Plugin

TRIGGERS = {"echo": ">", "calc": "=", "dir": "/"}


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_answer(case: Case, language: str, tmp_path: Path) -> None:
    """The plugin answers the case's query with the case's items, and logs the case's lines."""
    granted = case.granted(tmp_path)
    grants = [] if granted is None else [componium.Folder(granted, at="/")]
    with Plugin(case.plugin, language, config=case.config, grants=grants) as plugin:
        assert plugin.ask(case.input) == case.items
        if case.log is not None:
            assert plugin.host.lines == case.log


@pytest.mark.parametrize("name", PLUGINS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_trigger(name: str, language: str) -> None:
    """The plugin names its trigger."""
    with Plugin(name, language) as plugin:
        assert plugin.trigger() == TRIGGERS[name]


@pytest.mark.parametrize("plugin", PLUGINS)
def test_names_are_unique(plugin: str) -> None:
    """No two cases of a plugin have the same name, which is how a failure is found again."""
    names = [case.name for case in CASES if case.plugin == plugin]
    assert len(names) == len(set(names))
