"""The locked requirements: one file for each dependency group, and nothing in a group that its file does not pin."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GROUPS = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]


def name_of(requirement: str) -> str:
    """Return the distribution that a requirement is about."""
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0]


def pinned_by(group: str) -> set[str]:
    """Return the distributions that a group's file pins."""
    text = ROOT.joinpath("requirements", f"{group}.txt").read_text(encoding="utf-8")
    return set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))


def distributions(group: str) -> set[str]:
    """Return the names that a group asks for, those of the groups it includes among them."""
    names: set[str] = set()
    for requirement in GROUPS[group]:
        if isinstance(requirement, dict):
            names |= distributions(requirement["include-group"])
        else:
            names.add(name_of(requirement))
    return names


def test_each_group_has_its_file() -> None:
    """`nox -s lock` wrote a file for each group, and no file is left of a group that is gone."""
    assert {path.stem for path in ROOT.joinpath("requirements").glob("*.txt")} == GROUPS.keys()


@pytest.mark.parametrize("group", GROUPS)
def test_lock_covers_the_group(group: str) -> None:
    """What was added to a group was locked too: `nox -s lock`."""
    assert distributions(group) <= pinned_by(group)


@pytest.mark.parametrize(("project", "group"), [("host", "runtime"), ("sdk-python", "build")])
def test_lock_covers_what_the_wheels_depend_on(project: str, group: str) -> None:
    """A built wheel installs without fetching anything that has no hash here."""
    settings = tomllib.loads(ROOT.joinpath(project, "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {name_of(requirement) for requirement in settings["dependencies"]} - {"componium"} <= pinned_by(group)
