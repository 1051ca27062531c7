"""What path attacks find: a granted folder full of ways out, and a secret outside of it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Self

SECRET = "secret: nobody granted this"  # noqa: S105  # not a password
SWAP = """
import os, sys

os.chdir(sys.argv[1])
while True:
    os.rename("swapped", "innocent")
    os.rename("exit", "swapped")
    os.rename("swapped", "exit")
    os.rename("innocent", "swapped")
"""


class Scene:
    """Two folders side by side, made anew for each attack.

    Attributes:
        granted: The folder that the guest may be given.
        outside: The folder that it must not touch.
    """

    def __init__(self, folder: Path) -> None:
        """Make the folders in `folder`, which is emptied first."""
        shutil.rmtree(folder, ignore_errors=True)
        self.granted, self.outside = folder / "granted", folder / "outside"
        (self.outside / "empty").mkdir(parents=True)
        (self.outside / "secret.txt").write_text(SECRET, encoding="utf-8")
        for name in ("folder", "empty", "swapped"):
            (self.granted / name).mkdir(parents=True)
        (self.granted / "plain.txt").write_text("plain", encoding="utf-8")
        (self.granted / "swapped" / "secret.txt").write_text("innocent", encoding="utf-8")
        self._link()
        if hasattr(os, "mkfifo"):
            os.mkfifo(self.granted / "pipe")
        self._before = _picture(folder)
        self._folder = folder

    def _link(self) -> None:
        links: dict[str, str | Path] = {
            "absolute": self.outside,
            "relative": "../outside",
            "secret-absolute": self.outside / "secret.txt",
            "secret-relative": "../outside/secret.txt",
            "chain": "folder/hop",
            "folder/hop": "../hop",
            "hop": "../outside",
            "within": "folder",
            "root": "/",
            "proc": "/proc/self",
            "loop": "pool",
            "pool": "loop",
            "exit": "../outside",
        }
        for name, target in links.items():
            (self.granted / name).symlink_to(target)

    def damage(self, *, writable: bool) -> list[str]:
        """Return the paths that are not as they were.

        Args:
            writable: Whether the guest may change the granted folder.
        """
        after = _picture(self._folder)
        changed = [path for path in self._before | after if self._before.get(path) != after.get(path)]
        return sorted(path for path in changed if not (writable and path.startswith("granted")))


def _picture(folder: Path) -> dict[str, object]:
    """Return kind, content and time of change of everything in a folder."""
    picture: dict[str, object] = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            picture[name] = str(path.readlink())
        elif path.is_dir():
            picture[name] = "a folder"
        elif not path.is_file():
            picture[name] = "special"
        else:
            picture[name] = (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_nlink)
    return picture


class Swapping:
    """While it is entered, a process of its own swaps a granted folder for a symlink to the outside, and back."""

    def __init__(self, granted: Path) -> None:
        self._granted = granted

    def __enter__(self) -> Self:
        """Begin."""
        self._process = subprocess.Popen([sys.executable, "-c", SWAP, str(self._granted)])
        return self

    def __exit__(self, *_: object) -> None:
        """End, and put the folder back."""
        self._process.kill()
        self._process.wait()
        swapped, innocent = self._granted / "swapped", self._granted / "innocent"
        if swapped.is_symlink():
            swapped.rename(self._granted / "exit")
        if innocent.exists():
            innocent.rename(swapped)
