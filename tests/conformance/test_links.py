"""dir follows links, but never out of its grant."""

import sys
from pathlib import Path

import componium
import pytest

from .builds import COMPONENTS, Build
from .launcher import Plugin

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows makes links for administrators only")


@pytest.fixture
def granted(tmp_path: Path) -> Path:
    """Make a folder with a link to a folder inside, one to nothing, and one to a folder outside."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret").touch()
    folder = tmp_path / "granted"
    (folder / "music").mkdir(parents=True)
    (folder / "music" / "song").touch()
    (folder / "inside").symlink_to("music")
    (folder / "nowhere").symlink_to("missing")
    (folder / "out").symlink_to("../outside")
    (folder / "out-by-name").symlink_to(tmp_path / "outside")
    return folder


@pytest.mark.parametrize("build", COMPONENTS, ids=str)
def test_links(build: Build, granted: Path) -> None:
    """A link is what it leads to; one that leads out of the grant leads nowhere."""
    with Plugin("dir", build, grants=[componium.Folder(granted, at="/")]) as plugin:
        kinds = {item["name"]: item["keywords"] for item in plugin.ask("/")}
        assert kinds == {
            "inside/": "folder",
            "music/": "folder",
            "nowhere": "file",
            "out": "file",
            "out-by-name": "file",
        }
        assert plugin.ask("/inside") == [{"name": "song", "exec": "/inside/song", "keywords": "file"}]
        for name in ("out", "out-by-name"):
            message = f"no such folder: '/{name}'"
            assert plugin.ask(f"/{name}") == [{"name": message, "exec": "", "keywords": "error"}]
