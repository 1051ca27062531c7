"""Every plugin passes every case of its specification, in every language and as every kind."""

from pathlib import Path

import componium
import pytest

from .builds import BUILDS, COMPONENTS, Build, real_paths
from .cases import CASES, PLUGINS, Case
from .launcher import Plugin

TRIGGERS = {"echo": ">", "calc": "=", "dir": "/"}


def assert_passes(case: Case, plugin: Plugin) -> None:
    """Fail unless the plugin answers the case's query with the case's items, and logs the case's lines."""
    assert plugin.ask(case.input) == case.items
    if case.log is not None:
        assert plugin.host.lines == case.log


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("build", COMPONENTS, ids=str)
def test_components(case: Case, build: Build, tmp_path: Path) -> None:
    """A component passes the case; it finds the case's folder at `/`."""
    granted = case.granted(tmp_path)
    grants = [] if granted is None else [componium.Folder(granted, at="/")]
    with Plugin(case.plugin, build, config=case.config, grants=grants, memory=64 * 2**20) as plugin:
        assert_passes(case, plugin)


@real_paths
@pytest.mark.parametrize("case", [case for case in CASES if not case.sandbox], ids=str)
@pytest.mark.parametrize("build", [build for build in BUILDS if build not in COMPONENTS], ids=str)
def test_outside_the_sandbox(case: Case, build: Build, tmp_path: Path) -> None:
    """A native library, or Python in this process, passes the case; it finds the case's folder where it is."""
    case.granted(tmp_path)
    with Plugin(case.plugin, build, config=case.config) as plugin:
        assert_passes(case.within(tmp_path), plugin)


@pytest.mark.parametrize("name", PLUGINS)
@pytest.mark.parametrize("build", BUILDS, ids=str)
def test_kind_and_trigger(name: str, build: Build) -> None:
    """The plugin is of the kind that was asked for, and names its trigger."""
    assert build.load(name).kind == build.kind
    with Plugin(name, build) as plugin:
        assert plugin.trigger() == TRIGGERS[name]


@pytest.mark.parametrize("plugin", PLUGINS)
def test_names_are_unique(plugin: str) -> None:
    """No two cases of a plugin have the same name, which is how a failure is found again."""
    names = [case.name for case in CASES if case.plugin == plugin]
    assert len(names) == len(set(names))
