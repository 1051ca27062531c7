"""Components that the host's tests use: built guests, and small ones written as text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import componium
import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]

# No example has a deadline: how long one takes depends on what else the machine does.
settings.register_profile("untimed", settings(deadline=None, suppress_health_check=[HealthCheck.too_slow]))
settings.load_profile("untimed")


@pytest.fixture(autouse=True, scope="session")
def _cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep compiled code of this run to itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMPONIUM_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


def guest(name: str) -> Path:
    """Return the path of a built guest of `tests/guests`.

    Args:
        name: `<name>-<language>`.
    """
    path = ROOT / "build" / "guests" / f"{name}.wasm"
    assert path.is_file(), f"{path} is missing: run `nox -s build` first"
    return path


def native_guest(name: str) -> Path:
    """Return the path of the same guest as a native library of this machine.

    Args:
        name: `<name>-<language>`.
    """
    found = sorted((ROOT / "build" / "guests-native").glob(f"{name}.*"))
    assert len(found) == 1, f"build/guests-native has no {name}: run `nox -s build` first"
    return found[0]


@pytest.fixture(scope="session")
def faulty() -> componium.Component:
    """Give the plugin that does on demand what a plugin should not do."""
    return componium.load(guest("faulty-c"))


@pytest.fixture(scope="session")
def values() -> componium.Component:
    """Give the component whose functions return what the host function of the same name returns."""
    return componium.load(guest("values-rust"))


class LauncherHost:
    """What the launcher contract offers to plugins."""

    def __init__(self) -> None:
        """Start with an empty log."""
        self.lines: list[tuple[str, str]] = []

    def log(self, level: str, message: str) -> None:
        """Keep a line."""
        self.lines.append((level, message))

    def get_user_config(self, key: str) -> str | None:
        """Know no setting."""
        del key
        return None  # mypy wants it said


@pytest.fixture
def launcher_host() -> LauncherHost:
    """Give a host for the launcher contract."""
    return LauncherHost()


@pytest.fixture
def text() -> Callable[..., componium.Component]:
    """Give a function that loads a component written as text."""

    def load_text(source: str, **options: Any) -> componium.Component:
        return componium.load(componium.toolchain.parse_text(source), **options)

    return load_text
