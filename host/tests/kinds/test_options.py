"""The options of an instance, by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from componium import DEADLINE, MEMORY, Component, Folder, NotEnforceable
from componium._kinds.kind import ENFORCES
from componium._kinds.options import DEFAULT, Requested

if TYPE_CHECKING:
    from collections.abc import Callable

    from componium._kinds.options import Options


def decide(kind: Any, enforced: frozenset[str], *, worker: bool = False, **options: Any) -> Options:
    """Decide on options that were given."""
    given: dict[str, Any] = dict.fromkeys(("grants", "deadline", "memory", "environment"), DEFAULT)
    return Requested(**{**given, **options}, arrays=False, worker=worker).decide("plugin", kind, enforced)


def test_defaults_depend_on_the_kind() -> None:
    """Limits apply by default where they hold, and are not pretended elsewhere."""
    wasm = decide("wasm", ENFORCES["wasm"])
    assert (wasm.deadline, wasm.memory, wasm.folders, wasm.environment) == (DEADLINE, MEMORY, [], None)
    native = decide("native", ENFORCES["native"])
    assert (native.deadline, native.memory, native.folders, native.environment) == (None, None, [], None)


@pytest.mark.parametrize("kind", ["native", "python"])
@pytest.mark.parametrize(
    ("option", "value"),
    [("grants", []), ("grants", [Folder("/")]), ("deadline", 1.0), ("memory", 2**20), ("environment", {})],
    ids=["no-grants", "grants", "deadline", "memory", "environment"],
)
def test_what_does_not_hold_is_refused(kind: Any, option: str, value: Any) -> None:
    """An option that was given and cannot be enforced is an error with its name, the kind and a remedy."""
    with pytest.raises(NotEnforceable, match=rf"plugin: {option} cannot be enforced .* kind `{kind}`") as caught:
        decide(kind, ENFORCES[kind], **{option: value})
    assert (caught.value.kind, caught.value.options) == (kind, (option,))
    assert ("worker=True" in str(caught.value)) == (option in {"deadline", "memory", "environment"})
    assert "component (.wasm)" in str(caught.value)


def test_all_that_is_refused_is_listed() -> None:
    """Several options are one error."""
    with pytest.raises(NotEnforceable) as caught:
        decide("native", frozenset({"memory"}), worker=True, grants=(), deadline=1.0, memory=1)
    assert caught.value.options == ("grants", "deadline")
    assert "in a worker process" in str(caught.value)


def test_no_limit_holds_everywhere() -> None:
    """`None` limits nothing."""
    options = decide("native", frozenset(), deadline=None, memory=None, environment=None)
    assert (options.deadline, options.memory) == (None, None)


def test_components_enforce_everything(text: Callable[..., Component]) -> None:
    """A component says what holds for it; its memory may be without a limit."""
    component = text("(component)")
    assert component.enforces == {"grants", "deadline", "memory", "environment"}
    with component.instantiate(deadline=None, memory=None, worker=True) as instance:
        assert instance.running
    with pytest.raises(ValueError, match="positive number of seconds"):
        component.instantiate(deadline=0)
