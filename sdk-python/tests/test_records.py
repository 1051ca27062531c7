"""Records of builds: what makes them hold."""

from pathlib import Path

import pytest
from componium_sdk._fingerprint import file_digest, fingerprint
from componium_sdk._records import Record

SETTINGS = {"zig": "1"}


@pytest.fixture
def artifact(tmp_path: Path) -> Path:
    """An artifact beside its source."""
    (tmp_path / "source.c").write_text("int x;")
    (tmp_path / "x.wasm").write_bytes(b"\0asm")
    return tmp_path / "x.wasm"


@pytest.fixture
def record(artifact: Path) -> Record:
    """The record of that artifact."""
    source = artifact.with_name("source.c")
    return Record(fingerprint([source], SETTINGS), (str(source),), file_digest(artifact), "a.c:1:1: warning: x")


def test_is_read_as_written(tmp_path: Path, record: Record) -> None:
    """A record survives its file."""
    record.write(tmp_path / "records" / "x.json")

    assert Record.read(tmp_path / "records" / "x.json") == record


@pytest.mark.parametrize("content", [None, "", "{}", "[]", '{"inputs": [], "other": 1}'])
def test_unusable_files_are_no_records(tmp_path: Path, content: str | None) -> None:
    """A missing, broken or older file means that there is no record."""
    if content is not None:
        (tmp_path / "x.json").write_text(content)

    assert Record.read(tmp_path / "x.json") is None


def test_holds_while_nothing_changes(artifact: Path, record: Record) -> None:
    """The same source, settings and artifact: nothing to do."""
    assert record.holds(artifact, SETTINGS, ())


def test_holds_no_more_after_a_change(artifact: Path, record: Record) -> None:
    """A changed setting, artifact or source each end it."""
    assert not record.holds(artifact, {"zig": "2"}, ())
    artifact.write_bytes(b"\0asn")
    assert not record.holds(artifact, SETTINGS, ())
    artifact.unlink()
    assert not record.holds(artifact, SETTINGS, ())
    artifact.write_bytes(b"\0asm")
    artifact.with_name("source.c").write_text("int y;")
    assert not record.holds(artifact, SETTINGS, ())
