"""Where the cache is."""

from pathlib import Path

import pytest
from componium_sdk._cache import cache_folder


def test_variable_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`COMPONIUM_CACHE_DIR` moves the cache."""
    monkeypatch.setenv("COMPONIUM_CACHE_DIR", str(tmp_path))

    assert cache_folder() == tmp_path


@pytest.mark.parametrize("value", [None, ""], ids=["unset", "empty"])
def test_default_is_the_users(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    """Without it the cache is a folder of the user's named componium."""
    monkeypatch.delenv("COMPONIUM_CACHE_DIR", raising=False)
    if value is not None:
        monkeypatch.setenv("COMPONIUM_CACHE_DIR", value)

    assert "componium" in cache_folder().parts
