"""One build: what is built again, and what is not."""

import shutil
from pathlib import Path

import pytest
from componium_sdk import BuildError, ProjectError, build


def test_second_build_is_fresh(c_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing changed no tool runs, and the artifact is the same."""
    first = build(c_project, tmp_path / "out")

    def no_tool(*_arguments: object, **_options: object) -> None:
        pytest.fail("a tool ran")

    monkeypatch.setattr("componium_sdk._builders._units.run", no_tool)
    second = build(c_project, tmp_path / "out")

    assert not first.fresh
    assert second.fresh
    assert (second.sha256, second.size) == (first.sha256, first.size)
    assert second.path == tmp_path / "out" / "greeter-c.wasm"


@pytest.mark.parametrize("name", ["greeter.c", "wit/greeter.wit", "componium.toml"])
def test_any_changed_file_builds_again(c_project: Path, name: str) -> None:
    """Source, contract and manifest each count."""
    build(c_project, c_project / "out")
    file = c_project / name
    comment = {".c": "// c\n", ".wit": "// c\n", ".toml": "# c\n"}[file.suffix]
    file.write_text(file.read_text() + comment)

    assert not build(c_project, c_project / "out").fresh
    assert build(c_project, c_project / "out").fresh


def test_header_from_elsewhere_counts(c_project: Path, tmp_path: Path) -> None:
    """A header outside the project, known only to the compiler, counts as well."""
    header = tmp_path / "shared.h"
    header.write_text("#define A 1\n")
    (c_project / "greeter.c").write_text('#include "../shared.h"\n' + (c_project / "greeter.c").read_text())
    build(c_project, c_project / "out")
    assert build(c_project, c_project / "out").fresh

    header.write_text("#define A 2\n")

    assert not build(c_project, c_project / "out").fresh


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"")], ids=["removed", "changed"])
def test_lost_artifact_is_built_again(c_project: Path, damage: object) -> None:
    """An artifact that is gone, or not what was built, is built again."""
    first = build(c_project, c_project / "out")
    assert callable(damage)
    damage(first.path)

    second = build(c_project, c_project / "out")

    assert not second.fresh
    assert second.sha256 == first.sha256


def test_other_flags_build_again(c_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Flags are part of the fingerprint."""
    build(c_project, c_project / "out")
    monkeypatch.setattr("componium_sdk._flags.C_WARNINGS", ("-Wall",))

    assert not build(c_project, c_project / "out").fresh


def test_change_during_the_build_is_not_missed(c_project: Path) -> None:
    """A file that is saved while its old content compiles is built the next time."""

    def edit(line: str) -> None:
        if line.startswith("linking"):
            (c_project / "later.c").write_text("\n")

    build(c_project, c_project / "out", report=edit)

    assert not build(c_project, c_project / "out").fresh
    assert build(c_project, c_project / "out").fresh


def test_failed_build_leaves_the_artifact(c_project: Path) -> None:
    """An error does not take away what was built before, and is reported again the next time."""
    first = build(c_project, c_project / "out")
    (c_project / "greeter.c").write_text("broken")

    for _attempt in range(2):
        with pytest.raises(BuildError):
            build(c_project, c_project / "out")

    assert first.path.stat().st_size == first.size


def test_sources_stay_untouched(c_project: Path, tmp_path: Path) -> None:
    """Everything that a build writes lies in the output folder."""
    before = sorted(c_project.rglob("*"))
    build(c_project, tmp_path / "out")

    assert sorted(c_project.rglob("*")) == before


def test_output_inside_the_project(c_project: Path) -> None:
    """The artifact may lie beside the sources without counting as one."""
    build(c_project, c_project)

    assert build(c_project, c_project).fresh


def test_missing_contract(c_project: Path) -> None:
    """A contract that is gone is reported with its key, even after a good build."""
    build(c_project, c_project / "out")
    (c_project / "wit" / "greeter.wit").unlink()

    with pytest.raises(ProjectError) as caught:
        build(c_project, c_project / "out")

    assert caught.value.key == "contract.wit"


def test_copied_project_has_its_own_sources(c_project: Path) -> None:
    """A copy that took the results along is built from the copy's sources."""
    build(c_project, c_project / "out")
    copy = c_project.with_name("copy")
    shutil.copytree(c_project, copy)

    assert not build(copy, copy / "out").fresh
    (copy / "greeter.c").write_text("broken")
    with pytest.raises(BuildError):
        build(copy, copy / "out")
