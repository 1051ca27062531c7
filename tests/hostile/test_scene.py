"""What guests may not change is watched."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .scene import SECRET, Scene, Swapping

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the scene has symlinks, which need a privilege there")

CHANGES: dict[str, tuple[Callable[[Scene], object], list[str]]] = {
    "nothing": (lambda scene: scene.granted, []),
    "a new file": (lambda scene: (scene.outside / "new").write_text(""), ["outside/new"]),
    "another content": (lambda scene: (scene.outside / "secret.txt").write_text("x"), ["outside/secret.txt"]),
    "a file less": (lambda scene: (scene.outside / "secret.txt").unlink(), ["outside/secret.txt"]),
    "a hard link": (
        lambda scene: (scene.granted / "mine").hardlink_to(scene.outside / "secret.txt"),
        ["granted/mine", "outside/secret.txt"],
    ),
    "a symlink less": (lambda scene: (scene.granted / "hop").unlink(), ["granted/hop"]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_damage(tmp_path: Path, name: str) -> None:
    """A change is told, but for changes of a granted folder that may be written to."""
    change, changed = CHANGES[name]
    scene = Scene(tmp_path / "scene")
    change(scene)
    assert scene.damage(writable=False) == changed
    assert scene.damage(writable=True) == [path for path in changed if path.startswith("outside")]


def test_swapping(tmp_path: Path) -> None:
    """While a folder is swapped, its path leads to the secret now and then; afterwards all is as before."""
    scene = Scene(tmp_path / "scene")
    seen = set()
    with Swapping(scene.granted):
        while SECRET not in seen:
            try:
                seen.add((scene.granted / "swapped" / "secret.txt").read_text(encoding="utf-8"))
            except OSError:
                continue  # neither is there
    assert scene.damage(writable=False) == []
