"""Checks that a wrong value is refused wherever it stands, with the exact message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from host.tests.echo.echoes import Echoes

if TYPE_CHECKING:
    from host.tests.echo.wit_types import WitType


def assert_refused(ty: WitType, value: Any, error: type[Exception], message: str, *, good: Any) -> None:
    """Check that a value is refused as a parameter, flat and in memory, and as the result of a host function.

    Args:
        ty: The type it should be of.
        value: The wrong value.
        error: The exact class of the error.
        message: The end of the message, after the function and the parameter: `[1]: expected str, got int`.
        good: A value that the guest accepts before and after.
    """
    echoes = Echoes(ty)
    for call, place in ((echoes.relay, "echoes.relay-value(): a0"), (echoes.keep, "keeps.keep-value(): a0")):
        with pytest.raises(error) as caught:
            call(value)
        assert type(caught.value) is error
        assert str(caught.value) == f"{place}{message}"
        echoes.crosses(good)  # the guest has not noticed
    echoes.answer = [value]
    with pytest.raises(error) as caught:
        echoes.relay(good)
    assert type(caught.value) is error
    assert str(caught.value) == f"echoes.relay-value(): result{message}"
