"""Fixtures for plugins in every form."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from .builds import BUILDS
from .launcher import Plugin


@pytest.fixture(scope="session")
def calculators() -> Iterator[dict[str, Plugin]]:
    """Run calc in each form."""
    with ExitStack() as stack:
        yield {str(build): stack.enter_context(Plugin("calc", build)) for build in BUILDS}
