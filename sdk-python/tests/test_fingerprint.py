"""Fingerprints: the same for the same content, another for any other."""

import os
from pathlib import Path

import pytest
from componium_sdk._fingerprint import TOOL_FOLDERS, fingerprint
from hypothesis import given
from hypothesis import strategies as st

NAMES = st.text("abc.", min_size=1, max_size=4).filter(lambda name: name.strip("."))
TREES = st.dictionaries(NAMES, st.binary(max_size=50), min_size=1, max_size=4)


@given(tree=TREES, data=st.data())
def test_changes_with_any_byte(
    tmp_path_factory: pytest.TempPathFactory, tree: dict[str, bytes], data: st.DataObject
) -> None:
    """A byte that is changed, inserted or removed anywhere gives another fingerprint."""
    folder = tmp_path_factory.mktemp("tree")
    for name, content in tree.items():
        (folder / name).write_bytes(content)
    before = fingerprint([folder], {})

    name = data.draw(st.sampled_from(sorted(tree)))
    (folder / name).write_bytes(data.draw(st.binary(max_size=51).filter(lambda content: content != tree[name])))

    assert fingerprint([folder], {}) != before
    (folder / name).write_bytes(tree[name])
    assert fingerprint([folder], {}) == before


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file, and one in a folder of its own."""
    (tmp_path / "wit" / "deps").mkdir(parents=True)
    (tmp_path / "a.c").write_text("a")
    (tmp_path / "wit" / "deps" / "b.wit").write_text("b")
    return tmp_path


def test_ignores_times(folder: Path) -> None:
    """A fresh checkout of the same sources is the same."""
    before = fingerprint([folder], {})
    os.utime(folder / "a.c", (1, 1))

    assert fingerprint([folder], {}) == before


def test_sees_new_removed_and_renamed_files(folder: Path) -> None:
    """Which files there are counts, not only what is in them."""
    seen = {fingerprint([folder], {})}
    (folder / "new.c").touch()
    seen.add(fingerprint([folder], {}))
    (folder / "new.c").rename(folder / "newer.c")
    seen.add(fingerprint([folder], {}))
    (folder / "wit" / "deps" / "b.wit").unlink()
    seen.add(fingerprint([folder], {}))

    assert len(seen) == 4


def test_sees_settings(folder: Path) -> None:
    """Versions and flags count."""
    assert fingerprint([folder], {"zig": "1"}) != fingerprint([folder], {"zig": "2"}) != fingerprint([folder], {})


def test_missing_input_is_no_empty_one(tmp_path: Path) -> None:
    """A file that appears later changes the fingerprint, even an empty one."""
    before = fingerprint([tmp_path / "Cargo.lock"], {})
    (tmp_path / "Cargo.lock").touch()

    assert fingerprint([tmp_path / "Cargo.lock"], {}) != before


def test_order_of_inputs_does_not_matter(folder: Path) -> None:
    """The inputs are a set."""
    files = [folder / "a.c", folder / "wit"]

    assert fingerprint(files, {}) == fingerprint(files[::-1], {})


@pytest.mark.parametrize("name", sorted(TOOL_FOLDERS))
def test_passes_over_tools_folders(folder: Path, name: str) -> None:
    """What tools keep beside the sources does not count."""
    before = fingerprint([folder], {})
    (folder / name).mkdir()
    (folder / name / "file").touch()

    assert fingerprint([folder], {}) == before


def test_excludes(folder: Path) -> None:
    """Results that lie between the sources do not count."""
    before = fingerprint([folder], {})
    (folder / "build").mkdir()
    (folder / "build" / "greeter-c.wasm").touch()
    (folder / "x.wasm").touch()

    assert fingerprint([folder], {}) != before
    assert fingerprint([folder], {}, exclude=(folder / "build", folder / "x.wasm")) == before


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege on Windows")
def test_follows_links_once(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Content behind a link counts; a link back up does not loop."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (folder / "linked").symlink_to(elsewhere)
    (folder / "linked-up").symlink_to(folder)
    before = fingerprint([folder], {})
    (elsewhere / "c.wit").touch()

    assert fingerprint([folder], {}) != before
