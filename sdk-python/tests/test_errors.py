"""The errors' texts, exit codes, and their way through pickle."""

import pickle
from pathlib import Path

import componium
import pytest
from componium_sdk import BuildError, MissingToolError, Place, ProjectError, SdkError

ERRORS = [
    ProjectError(Path("componium.toml"), "plugin.name", "the key is missing", "Add it."),
    MissingToolError("rustc", "not found", "Install it."),
    BuildError("zig cc", "expected ';'", "a.c:3:7: error: expected ';'", Place(Path("a.c"), 3, 7)),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_survives_pickle(error: SdkError) -> None:
    """An error that crosses processes keeps its type, text and attributes."""
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)


def test_belongs_to_componium() -> None:
    """Whoever catches `componium.Error` catches these."""
    assert issubclass(SdkError, componium.Error)


def test_exit_codes_differ() -> None:
    """Scripts can tell the kinds of failure apart; 2 belongs to wrong command lines."""
    codes = {type(error).exit_code for error in ERRORS}

    assert len(codes) == len(ERRORS)
    assert not codes & {0, 2}


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (None, "zig cc: bad"),
        (Place(Path("a.c")), "a.c: zig cc: bad"),
        (Place(Path("a.c"), 3), "a.c:3: zig cc: bad"),
        (Place(Path("a.c"), 3, 7), "a.c:3:7: zig cc: bad"),
    ],
    ids=["nowhere", "file", "line", "column"],
)
def test_build_error_starts_with_its_place(place: Place | None, text: str) -> None:
    """The first line is one that editors can follow; what is not known is left out."""
    assert str(BuildError("zig cc", "bad", "", place)) == text
