"""From guests to Python: see `malformed` for what is not believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import componium


@pytest.mark.parametrize(
    ("function", "numbers", "code"), [("echo_floats", [1.5, -0.0, 2.0], "d"), ("echo_shorts", [-7, 300], "h")]
)
def test_arrays(values: componium.Component, function: str, numbers: list[float], code: str) -> None:
    """On demand, lists of numbers come out as buffers, for callers and for host functions."""
    seen: list[object] = []

    class Host:
        def __getattr__(self, name: str) -> object:
            return self.echo

        def echo(self, *values: object) -> object:
            seen.extend(values)
            return values[0]

    with values.instantiate({"echoes": Host()}, arrays=True) as instance:
        result = getattr(instance.echoes, function)(numbers)
    assert isinstance(result, memoryview)
    assert (result.format, result.tolist()) == (code, numbers)
    assert seen == [result]
