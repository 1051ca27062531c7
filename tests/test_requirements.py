"""The locked requirements: one file for each dependency group, and nothing in a group that its file does not pin."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GROUPS = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]


def distributions(group: str) -> set[str]:
    """Return the names that a group asks for, those of the groups it includes among them."""
    names: set[str] = set()
    for requirement in GROUPS[group]:
        if isinstance(requirement, dict):
            names |= distributions(requirement["include-group"])
        else:
            names.add(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])
    return names


def test_each_group_has_its_file() -> None:
    """`nox -s lock` wrote a file for each group, and no file is left of a group that is gone."""
    assert {path.stem for path in ROOT.joinpath("requirements").glob("*.txt")} == GROUPS.keys()


@pytest.mark.parametrize("group", GROUPS)
def test_lock_covers_the_group(group: str) -> None:
    """What was added to a group was locked too: `nox -s lock`."""
    pinned = re.findall(r"^([\w.-]+)==", ROOT.joinpath("requirements", f"{group}.txt").read_text("utf-8"), re.MULTILINE)
    assert distributions(group) <= set(pinned)
