"""componium.toml: what is read, and what is refused."""

from pathlib import Path

import pytest
from componium_sdk import Language, ProjectError, load_project

GOOD = """\
[plugin]
name = "greeter"
version = "0.1.0"
description = "Says a name back."
language = "c"

[contract]
wit = "wit"
world = "plugin"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a contract and a Python module."""
    (tmp_path / "wit").mkdir()
    (tmp_path / "wit" / "greeter.wit").write_text("package a:b; world plugin {}")
    (tmp_path / "greeter.py").touch()
    return tmp_path


def write(folder: Path, text: str) -> Path:
    """Write a manifest, and return its folder."""
    (folder / "componium.toml").write_text(text, encoding="utf-8")
    return folder


def test_reads_all_keys(folder: Path) -> None:
    """A complete manifest becomes a project with absolute paths."""
    project = load_project(write(folder, GOOD))

    assert project.title == "greeter-c"
    assert project.artifact() == "greeter-c.wasm"
    assert project.language is Language.C
    assert project.wit == folder / "wit"
    assert project.app is None


def test_takes_the_file_itself(folder: Path) -> None:
    """The manifest's own path names the project too."""
    assert load_project(write(folder, GOOD) / "componium.toml").folder == folder


@pytest.mark.parametrize("stated", ["", '[python]\napp = "greeter"\n'], ids=["guessed", "stated"])
def test_finds_the_python_module(folder: Path, stated: str) -> None:
    """A Python module called like the plugin needs no mention."""
    assert load_project(write(folder, GOOD.replace('"c"', '"python"') + stated)).app == "greeter"


@pytest.mark.parametrize(
    ("change", "key", "words"),
    [
        (('name = "greeter"\n', ""), "plugin.name", ["missing", 'name = "my-plugin"']),
        (('"greeter"', '"Greeter_1"'), "plugin.name", ["'Greeter_1'", "not valid"]),
        (('"greeter"', "7"), "plugin.name", ["expected a string", "7"]),
        (('"0.1.0"', '"1"'), "plugin.version", ["'1'", '"0.1.0"']),
        (('"c"', '"cobol"'), "plugin.language", ["'cobol'", '"c", "python", "rust"']),
        (("description", "descripton"), "plugin.description", ["missing"]),
        (("[contract]", 'naem = "x"\n[contract]'), "plugin.naem", ["unknown key", "`name`"]),
        (("[contract]", "[zebra]\n[contract]"), "zebra", ["unknown key", "plugin"]),
        (('wit = "wit"', 'wit = "nowhere"'), "contract.wit", ["no such file or folder", "nowhere"]),
        (('wit = "wit"', 'wit = "."'), "contract.wit", ["no .wit file in"]),
        (('"plugin"', '"no world"'), "contract.world", ["'no world'"]),
        (("[contract]", "[other]"), "contract", ["table is missing"]),
        (("[plugin]", "plugin = 1\n[else]"), "plugin", ["expected a table", "1"]),
        (('"c"', '"python"\n[python]\napp = "absent"'), "python.app", ["absent.py"]),
        (('"c"', '"python"\n[python]\napp = "wit_world"'), "python.app", ["bindings"]),
        (('"c"', '"c"\n[python]\napp = "greeter"'), "python.app", ["unknown key"]),
    ],
)
def test_names_file_key_and_remedy(folder: Path, change: tuple[str, str], key: str, words: list[str]) -> None:
    """Each mistake is reported with the file, the key and what to do."""
    with pytest.raises(ProjectError) as caught:
        load_project(write(folder, GOOD.replace(*change)))

    assert caught.value.file == folder / "componium.toml"
    assert caught.value.key == key
    assert caught.value.remedy
    assert str(caught.value).startswith(f"{folder / 'componium.toml'}: {key}: ")
    for word in words:
        assert word in str(caught.value)


def test_names_the_line_of_broken_toml(folder: Path) -> None:
    """A file that is no TOML is reported with the line."""
    with pytest.raises(ProjectError, match="line 2"):
        load_project(write(folder, "[plugin]\nname = \n"))


def test_missing_manifest(tmp_path: Path) -> None:
    """A folder without a manifest is reported as such."""
    with pytest.raises(ProjectError, match="no such file"):
        load_project(tmp_path)


def test_manifest_in_another_encoding(folder: Path) -> None:
    """A file that is not UTF-8 is reported as such."""
    (folder / "componium.toml").write_bytes(GOOD.replace("name back", "n\xe4me").encode("latin-1"))
    with pytest.raises(ProjectError, match="UTF-8"):
        load_project(folder)
