"""Small projects to build."""

from collections.abc import Callable
from pathlib import Path

import pytest
from componium_sdk import Language

WIT = """\
package test:greeter@0.1.0;

world plugin {
  export greet: func(name: string) -> string;
}
"""

C_SOURCE = """\
#include "plugin.h"

void exports_plugin_greet(plugin_string_t *name, plugin_string_t *answer) { *answer = *name; }
"""

MANIFEST = """\
[plugin]
name = "greeter"
version = "0.1.0"
description = "Says a name back."
language = "{language}"

[contract]
wit = "wit"
world = "plugin"
"""

MakeProject = Callable[..., Path]


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """A function that writes a project: its language, then its files by name; returns its folder."""

    def make(language: Language, files: dict[str, str]) -> Path:
        folder = tmp_path / f"greeter-{language}"
        contents = {"componium.toml": MANIFEST.format(language=language), "wit/greeter.wit": WIT, **files}
        for name, content in contents.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        return folder

    return make


@pytest.fixture
def c_project(make_project: MakeProject) -> Path:
    """A project in C that builds."""
    return make_project(Language.C, {"greeter.c": C_SOURCE})
