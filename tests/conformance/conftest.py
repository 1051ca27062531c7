"""Fixtures for plugins that were built."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from .cases import LANGUAGES
from .launcher import Plugin


@pytest.fixture(scope="session")
def calculators() -> Iterator[dict[str, Plugin]]:
    """Run calc in each language."""
    with ExitStack() as stack:
        yield {language: stack.enter_context(Plugin("calc", language)) for language in LANGUAGES}
