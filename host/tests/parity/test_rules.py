"""What counts as equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from componium._bindgen import read_text
from componium._calls.functions import exported_functions, imported_functions
from componium.parity import Call, Failed, HostCall, Raised, Returned, Rules, Trace
from componium.parity._agreement import Agreement

if TYPE_CHECKING:
    from componium.parity import Outcome

WORLD = read_text("""
package demo:rules;
interface api {
  record sample { at: f64, small: f32, name: string, more: list<option<f64>> }
  get: func() -> result<sample, f64>;
}
world rules { import log: func(value: f64, text: string); import tell: func(); export api; }
""")
GET = "demo:rules/api#get"
AGREEMENT = Agreement(WORLD, exported_functions(WORLD), imported_functions(WORLD))


def differ(a: Outcome | list[HostCall], b: Outcome | list[HostCall], **rules: Any) -> list[tuple[str, str]]:
    """Compare two calls that differ in outcome or host calls alone."""
    one, other = (
        Trace(Call(GET), tuple(each), Returned()) if isinstance(each, list) else Trace(Call(GET), (), each)
        for each in (a, b)
    )
    return [(each.aspect, each.place) for each in AGREEMENT.disagreements(one, other, Rules(**rules))]


def sample(at: object = 1.0, small: object = 1.0, name: str = "", more: object = ()) -> Returned:
    """Make a result."""
    return Returned({"at": at, "small": small, "name": name, "more": [*more] if isinstance(more, tuple) else more})


@pytest.mark.parametrize(
    ("a", "b", "found"),
    [
        (sample(), sample(), []),
        (sample(at="nan"), sample(at="nan"), []),
        (sample(at=0.0), sample(at=-0.0), [("result", "result.at")]),
        (sample(at=1.0), sample(at="inf"), [("result", "result.at")]),
        (sample(name="a"), sample(name="b"), [("result", "result.name")]),
        (sample(more=(1.0,)), sample(more=(None,)), [("result", "result.more[0]")]),
        (sample(more=(1.0,)), sample(more=(1.0, 2.0)), [("result", "result.more: 1 and 2 elements")]),
        (Failed(1.0), Failed(2.0), [("error", "error")]),
        (sample(), Failed(1.0), [("outcome", "one returned, the other returned an error")]),
        (sample(), Raised("Trap", "x"), [("outcome", "one returned, the other ended with Trap")]),
        (Raised("Trap", "here"), Raised("Trap", "there"), []),
        (Raised("Trap", ""), Raised("DeadlineExceeded", ""), [("exception", "Trap and DeadlineExceeded")]),
    ],
)
def test_exactly(a: Outcome, b: Outcome, found: list[tuple[str, str]]) -> None:
    """Without rules values must be the same, and the place of the first difference is named."""
    assert differ(a, b) == found


def test_tolerance_is_for_a_type() -> None:
    """Numbers of a type may lie apart as far as its tolerance says, wherever they are; others may not."""
    near = sample(at=1.0 + 1e-12, more=(0.0, 1e-12))
    assert differ(sample(more=(0.0, 0.0)), near, tolerance={"f64": 1e-9}) == []
    assert differ(sample(more=(0.0, 0.0)), near, tolerance={"f64": 1e-15}) == [("result", "result.at")]
    assert differ(sample(), sample(small=1.0000001), tolerance={"f64": 1e-3}) == [("result", "result.small")]
    assert differ(Failed(1.0), Failed(1.0 + 1e-12), tolerance={"f64": 1e-9}) == []


def log(value: float, text: str = "") -> HostCall:
    """Make a call of the application."""
    return HostCall("log", (value, text), Returned())


@pytest.mark.parametrize(
    ("a", "b", "found"),
    [
        ([log(1)], [log(1)], None),
        ([log(1)], [log(2)], "host call 1 (log, argument 1)"),
        ([log(1), log(2, "a")], [log(1), log(2, "b")], "host call 2 (log, argument 2)"),
        ([log(1), log(2)], [log(2), log(1)], "host call 1 (log, argument 1)"),
        ([log(1)], [log(1), log(2)], "host call 2 (log): one side does not make it"),
        ([HostCall("tell", (), Returned())], [log(1)], "host call 1 (tell and log)"),
    ],
)
def test_host_calls_are_compared_in_order(a: list[HostCall], b: list[HostCall], found: str | None) -> None:
    """The first call of the application that differs is named."""
    assert differ(a, b) == ([] if found is None else [("host calls", found)])


def test_nondeterministic_functions_keep_their_course() -> None:
    """Values may differ; what the call does may not."""
    assert differ(sample(at=1.0), sample(at=2.0), nondeterministic=True) == []
    assert differ([log(1)], [log(2)], nondeterministic=True) == []
    assert differ(sample(), Failed(1.0), nondeterministic=True) != []
    assert differ([log(1)], [], nondeterministic=True) != []


@pytest.mark.parametrize(
    ("tolerance", "message"),
    [({"f16": 1.0}, "there is f32 and f64, not 'f16'"), ({"f64": -1.0}, "0 or more"), ({"f64": "1"}, "0 or more")],
)
def test_wrong_tolerances_are_refused(tolerance: dict[str, Any], message: str) -> None:
    """A tolerance is a number for a type of floats."""
    with pytest.raises(ValueError, match=message):
        Rules(tolerance)
