"""Rust plugins: what cargo is asked, and how its errors come back. The repository's own plugins show whole builds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from componium_sdk import BuildError, Language, ProjectError, build, load_project
from componium_sdk._builders._builder import Job
from componium_sdk._builders._rust import RustBuilder

MANIFEST = """\
[package]
name = "greeter"
version = "0.1.0"
edition = "2024"

[lib]
crate-type = ["cdylib"]

[workspace]
"""

MakeProject = Callable[[Language, dict[str, str]], Path]


def test_error_names_tool_file_and_line(make_project: MakeProject) -> None:
    """What rustc refuses is reported with tool, file, line, column, and rustc's own text."""
    source = 'mod part;\n\npub fn f() -> u32 {\n    part::g("one")\n}\n'
    part = "pub fn g(x: u32) -> u32 {\n    x\n}\n"
    folder = make_project(Language.RUST, {"Cargo.toml": MANIFEST, "src/lib.rs": source, "src/part.rs": part})

    with pytest.raises(BuildError, match="mismatched types") as caught:
        build(folder, folder / "out")

    assert caught.value.tool == "rustc"
    assert str(caught.value.place) == f"{folder / 'src' / 'lib.rs'}:4:13"
    assert "expected `u32`, found `&str`" in caught.value.output


def test_broken_cargo_toml(make_project: MakeProject) -> None:
    """What cargo itself refuses is reported with its file and line."""
    folder = make_project(Language.RUST, {"Cargo.toml": MANIFEST.replace('"2024"', "2024"), "src/lib.rs": ""})

    with pytest.raises(BuildError) as caught:
        build(folder, folder / "out")

    assert caught.value.tool == "cargo"
    assert str(caught.value.place) == f"{folder / 'Cargo.toml'}:4:11"


def test_library_of_the_wrong_kind(make_project: MakeProject) -> None:
    """A crate that makes no module is told which line it lacks."""
    folder = make_project(Language.RUST, {"Cargo.toml": MANIFEST.replace('["cdylib"]', '["rlib"]'), "src/lib.rs": ""})

    with pytest.raises(BuildError, match="cdylib"):
        build(folder, folder / "out")


def test_module_without_its_world(make_project: MakeProject) -> None:
    """A crate that implements no world becomes no component."""
    folder = make_project(Language.RUST, {"Cargo.toml": MANIFEST, "src/lib.rs": ""})

    with pytest.raises(BuildError, match="the module implements no world, not `plugin`") as caught:
        build(folder, folder / "out")

    assert caught.value.tool == "componium"


def test_no_cargo_toml(make_project: MakeProject) -> None:
    """A project without a crate is told so."""
    folder = make_project(Language.RUST, {})

    with pytest.raises(ProjectError, match=r"no Cargo\.toml"):
        build(folder, folder / "out")


def test_inputs_reach_path_dependencies(make_project: MakeProject, tmp_path: Path) -> None:
    """Packages by path count, over several steps; their neighbours in a workspace do not."""
    crate = '[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "2024"\n'
    for name, needs in {"near": '\n[dependencies]\nfar = {path = "../far"}\n', "far": "", "other": ""}.items():
        (tmp_path / name / "src").mkdir(parents=True)
        (tmp_path / name / "src" / "lib.rs").touch()
        (tmp_path / name / "Cargo.toml").write_text(crate.format(name=name) + needs)
    dependencies = '\n[dependencies]\nnear = {path = "../near"}\n'
    folder = make_project(
        Language.RUST,
        {
            "Cargo.toml": MANIFEST.replace("\n[workspace]\n", dependencies),
            "src/lib.rs": "",
            ".cargo/config.toml": "",
        },
    )
    (tmp_path / "Cargo.toml").write_text(
        f'[workspace]\nresolver = "3"\nmembers = ["{folder.name}", "near", "far", "other"]\n'
    )
    project = load_project(folder)

    inputs = RustBuilder().inputs(Job(project, tmp_path, tmp_path, (), lambda _line: None))

    assert set(inputs) >= {
        *(tmp_path / name for name in ("near", "far", "Cargo.toml", "Cargo.lock")),
        *(folder / name for name in (".cargo/config.toml", "wit")),
        folder,
    }
    assert tmp_path / "other" not in inputs
