"""Files that appear whole or not at all."""

from pathlib import Path

import pytest
from componium_sdk._files import write_atomically


def test_writes_and_replaces(tmp_path: Path) -> None:
    """A file is made with its folders, then replaced; nothing else is left."""
    file = tmp_path / "new" / "file"
    write_atomically(file, b"one")
    write_atomically(file, b"two")

    assert file.read_bytes() == b"two"
    assert list(file.parent.iterdir()) == [file]


def test_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the last step fails, the old file stays and the new one goes."""
    file = tmp_path / "file"
    write_atomically(file, b"one")

    def fail(_self: Path, _target: Path) -> Path:
        raise OSError("no space")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space"):
        write_atomically(file, b"two")

    assert file.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [file]
