"""All languages and kinds give the same answer, whatever the query."""

import math

import pytest
from hypothesis import given, settings

from .cases import Item
from .expressions import CALLS, EXPRESSIONS, GARBAGE
from .launcher import Plugin

ONE_IN_THE_LAST_DIGIT = 1.1e-14
"""What one in the 15th digit is of a number, at most, with room for the rounding of this very comparison."""

examples = settings(max_examples=500, deadline=None)


def ask(calculators: dict[str, Plugin], text: str) -> dict[str, list[Item]]:
    """Return the answer of each form."""
    return {build: plugin.ask(f"={text}") for build, plugin in calculators.items()}


def assert_equal(answers: dict[str, list[Item]]) -> None:
    """Fail where two forms answer differently."""
    expected = answers["wasm-rust"]
    assert answers == dict.fromkeys(answers, expected)


@examples
@given(text=EXPRESSIONS)
def test_expressions(calculators: dict[str, Plugin], text: str) -> None:
    """Random expressions of exact operations have the same answer to the byte."""
    assert_equal(ask(calculators, text))


@examples
@given(text=GARBAGE)
def test_garbage(calculators: dict[str, Plugin], text: str) -> None:
    """Random texts have the same answer to the byte: the same complaint about the same column."""
    assert_equal(ask(calculators, text))


@examples
@given(text=CALLS)
def test_library_functions(calculators: dict[str, Plugin], text: str) -> None:
    """What comes from C libraries differs by one in the last printed digit at most."""
    answers = ask(calculators, text)
    results = [items[0]["exec"] for items in answers.values()]
    if "" in results:
        assert_equal(answers)
        return
    for result in results:
        assert math.isclose(float(result), float(results[0]), rel_tol=ONE_IN_THE_LAST_DIGIT), (text, results)


@pytest.mark.parametrize("length", [1_000, 100_000])
@pytest.mark.parametrize("piece", ["(", "-", "1+", "1^", "sqrt(", "9", "x", "😀", " "])
def test_long_texts(calculators: dict[str, Plugin], piece: str, length: int) -> None:
    """Texts of any length have an answer, and the same one."""
    assert_equal(ask(calculators, piece * length))
