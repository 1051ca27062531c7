"""The page of the threat model names every attack."""

import fnmatch
import re

from .case import HERE, read_cases

PAGE = HERE.parents[1] / "docs" / "concepts" / "threat-model.md"
ROW = re.compile(r"^\| [A-Z].*\. \| (.*) \|$", re.MULTILINE)


def test_promises() -> None:
    """Every attack tests a promise, and every promise is tested by attacks that there are."""
    names = {case.name for case in read_cases()}
    patterns = [
        pattern for cell in ROW.findall(PAGE.read_text(encoding="utf-8")) for pattern in re.findall("`(.+?)`", cell)
    ]
    found = {pattern: set(fnmatch.filter(names, pattern)) for pattern in patterns}
    assert [pattern for pattern, matching in found.items() if not matching] == []
    assert names - set().union(*found.values()) == set()
