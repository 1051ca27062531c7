"""The verdicts on compiled plugins."""

import dataclasses

import pytest

from benchmarks.results import Results
from benchmarks.verdict import Ratio, Verdict, compare, verdicts


def test_compiled_plugin_within_the_limit(results: Results) -> None:
    """A plugin that takes 1.1 times as long as native is within 20%."""
    verdict = verdicts(results)[1]
    assert (verdict.workload, verdict.backend, verdict.met) == ("receive", "wasm-rust", True)
    assert str(verdict) == "within 20%: 1.10x"


def test_compiled_plugin_beyond_the_limit(results: Results) -> None:
    """A plugin that takes three times as long as native has missed, by so much."""
    verdict = verdicts(results)[0]
    assert not verdict.met
    assert str(verdict) == "missed: 3.00x"


@pytest.mark.parametrize(("ratio", "met"), [(0.5, True), (1.2, True), (1.21, False)])
def test_limit_belongs_to_the_verdict(ratio: float, *, met: bool) -> None:
    """Exactly 20% more is within 20%."""
    assert Verdict("add", "wasm-c", Ratio(ratio, ratio, ratio)).met is met


def test_ratios_are_taken_turn_by_turn(results: Results) -> None:
    """A machine that becomes twice as slow between turns leaves the ratio as it is."""
    ratio = compare(results, "add", "wasm-rust", "native-cffi")
    assert ratio is not None
    assert [ratio.lower_quartile, ratio.median, ratio.upper_quartile] == pytest.approx([3.0, 3.0, 3.0])


def test_what_was_not_measured_is_not_judged(results: Results) -> None:
    """Without the baseline there is no verdict."""
    without = dataclasses.replace(results, calls=tuple(call for call in results.calls if call.backend == "wasm-rust"))
    assert verdicts(without) == []
