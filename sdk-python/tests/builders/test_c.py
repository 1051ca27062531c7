"""C plugins, really compiled."""

from collections.abc import Callable
from pathlib import Path

import componium
import pytest
from componium_sdk import BuildError, Language, ProjectError, build


def test_becomes_a_component(c_project: Path, tmp_path: Path) -> None:
    """The artifact is a component that the host loads and calls, and names no folder of this machine."""
    built = build(c_project, tmp_path / "out")

    with componium.load(built.path).instantiate() as plugin:
        assert plugin.greet("World") == "World"
    assert str(tmp_path).encode() not in built.path.read_bytes()


@pytest.mark.parametrize(
    ("source", "line", "column", "message"),
    [
        ("\nint f( {\n", 2, 8, "expected parameter declarator"),
        ("int f(void) { return 1 }\n", 1, 23, "expected ';' after return statement"),
        ('#include "absent.h"\n', 1, 10, "'absent.h' file not found"),
    ],
    ids=["syntax", "semicolon", "header"],
)
def test_error_names_tool_file_and_line(c_project: Path, source: str, line: int, column: int, message: str) -> None:
    """What clang refuses is reported with tool, file, line, column, and clang's own text."""
    (c_project / "broken.c").write_text(source)

    with pytest.raises(BuildError) as caught:
        build(c_project, c_project / "out")

    assert caught.value.tool == "zig cc"
    assert caught.value.message == message
    assert str(caught.value.place) == f"{c_project / 'broken.c'}:{line}:{column}"
    assert "error: " in caught.value.output


def test_source_may_be_named_after_the_world(c_project: Path) -> None:
    """`plugin.c` of the plugin and `plugin.c` of the bindings do not meet."""
    (c_project / "greeter.c").rename(c_project / "plugin.c")

    with componium.load(build(c_project, c_project / "out").path).instantiate() as plugin:
        assert plugin.greet("World") == "World"


def test_linker_error_names_the_source(c_project: Path) -> None:
    """An undefined symbol is reported with the file that uses it."""
    (c_project / "user.c").write_text("int missing(void);\nint user(void);\nint user(void) { return missing(); }\n")
    (c_project / "greeter.c").write_text(
        '#include "plugin.h"\nint user(void);\n'
        "void exports_plugin_greet(plugin_string_t *name, plugin_string_t *answer) { *answer = *name; user(); }\n"
    )

    with pytest.raises(BuildError, match="undefined symbol: missing") as caught:
        build(c_project, c_project / "out")

    assert str(caught.value.place) == str(c_project / "user.c")


def test_missing_export_is_the_linker_s_error(c_project: Path) -> None:
    """A plugin that does not implement its world is refused, and the function is named."""
    (c_project / "greeter.c").write_text('#include "plugin.h"\n')

    with pytest.raises(BuildError, match="exports_plugin_greet"):
        build(c_project, c_project / "out")


def test_unknown_world(c_project: Path) -> None:
    """A world that the contract does not have is reported with the contract's path."""
    manifest = c_project / "componium.toml"
    manifest.write_text(manifest.read_text().replace('world = "plugin"', 'world = "other"'))

    with pytest.raises(BuildError, match="other") as caught:
        build(c_project, c_project / "out")

    assert str(caught.value.place) == str(c_project / "wit")


def test_no_sources(make_project: Callable[[Language, dict[str, str]], Path]) -> None:
    """A project without any C file is told so."""
    folder = make_project(Language.C, {})

    with pytest.raises(ProjectError, match=r"no \.c file"):
        build(folder, folder / "out")


def test_contract_with_dependencies(c_project: Path) -> None:
    """A contract may use packages in its `deps` folder."""
    (c_project / "wit" / "deps" / "words").mkdir(parents=True)
    (c_project / "wit" / "deps" / "words" / "words.wit").write_text(
        "package test:words@0.1.0;\ninterface words { type word = string; }\n"
    )
    (c_project / "wit" / "greeter.wit").write_text(
        "package test:greeter@0.1.0;\n"
        "world plugin { use test:words/words@0.1.0.{word}; export greet: func(name: word) -> word; }\n"
    )
    source = (c_project / "greeter.c").read_text()
    (c_project / "greeter.c").write_text(source.replace("plugin_string_t", "plugin_word_t"))

    with componium.load(build(c_project, c_project / "out").path).instantiate() as plugin:
        assert plugin.greet("deps") == "deps"


def test_warnings_are_kept(c_project: Path) -> None:
    """A warning does not stop the build, and stays with the artifact."""
    (c_project / "warned.c").write_text("static int unused;\n")

    for _attempt in range(2):
        assert "warned.c:1:12: warning: unused variable 'unused'" in build(c_project, c_project / "out").warnings
