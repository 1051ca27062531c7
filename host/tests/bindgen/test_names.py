"""The choice of names."""

from __future__ import annotations

import pytest
from componium._bindgen.names import Claim, choose_names

CASES = {
    "alone": ([Claim(1, ("A", "XA"), 0)], {1: "A"}),
    "equals": ([Claim(1, ("A", "XA"), 0), Claim(2, ("A", "YA"), 0)], {1: "XA", 2: "YA"}),
    "rank": ([Claim(1, ("A", "XA"), 1), Claim(2, ("A", "YA"), 0)], {1: "XA", 2: "A"}),
    "reserved": ([Claim(1, ("Protocol", "XProtocol"), 0)], {1: "XProtocol"}),
    "chain": ([Claim(1, ("A", "B"), 0), Claim(2, ("A", "C"), 0), Claim(3, ("B", "D"), 1)], {1: "B", 2: "C", 3: "D"}),
    "exhausted": ([Claim(1, ("A",), 0), Claim(2, ("A",), 0), Claim(3, ("A",), 0)], {1: "A", 2: "A_", 3: "A__"}),
}


@pytest.mark.parametrize(("claims", "names"), CASES.values(), ids=CASES)
def test_names_are_short_and_different(claims: list[Claim], names: dict[int, str]) -> None:
    """Each gets the first name of its ladder that nothing else needs."""
    assert choose_names(claims, frozenset({"Protocol"})) == names
