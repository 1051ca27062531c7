"""Modules that an instance of a Python plugin has to itself."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from componium._kinds.python.modules import Modules

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, files: dict[str, str] | None = None, **modules: str) -> None:
    """Write modules, by name, or by path without suffix."""
    for name, text in {**(files or {}), **modules}.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def load(folder: Path, name: str, only: str | None = None, **made: ModuleType) -> ModuleType:
    """Import a module of a plugin in a folder."""
    module = Modules(folder, only, made).load(name)
    assert module is not None
    return module


def test_own_modules_come_first(tmp_path: Path) -> None:
    """A plugin's module hides one of the standard library for the plugin alone; Python has the rest."""
    write(tmp_path, app="import json, math, colorsys as own\nvalue = own.value", colorsys="value = 1")
    module = load(tmp_path, "app")
    assert (module.value, module.math.pi > 3, module.json.dumps([])) == (1, True, "[]")
    import colorsys  # noqa: PLC0415  # not before the plugin

    assert not hasattr(colorsys, "value")


def test_nothing_stays_behind(tmp_path: Path) -> None:
    """No module of a plugin is left where another plugin, or the application, would find it."""
    write(tmp_path, app="import secret_helper", secret_helper="")
    before = set(sys.modules)
    load(tmp_path, "app")
    assert set(sys.modules) == before
    with pytest.raises(ModuleNotFoundError):
        import secret_helper  # type: ignore[import-not-found]  # noqa: F401, PLC0415


def test_every_instance_has_its_own(tmp_path: Path) -> None:
    """What a plugin keeps in its modules, no other instance sees; within one, a module is run once."""
    write(tmp_path, app="import state\nimport other\nstate.items.append(1)", other="import state\n", state="items = []")
    first, second = load(tmp_path, "app"), load(tmp_path, "app")
    assert (first.state.items, second.state.items) == ([1], [1])
    assert first.state is first.other.state
    assert first.state is not second.state


def test_packages(tmp_path: Path) -> None:
    """Packages import relatively and absolutely, submodules too, in circles too."""
    files = {
        "app": "import pack.deep.leaf\nfrom pack.deep import other\nvalue = pack.deep.leaf.value + other.value",
        "pack/__init__": "from . import base\nfrom .base import one\nfrom pack.base import one as again",
        "pack/base": "from . import deep\none = 1",
        "pack/deep/__init__": "",
        "pack/deep/leaf": "from .. import base\nfrom ..base import one\nvalue = one + base.one",
        "pack/deep/other": "value = 10",
    }
    write(tmp_path, files)
    assert load(tmp_path, "app").value == 12


def test_imports_within_functions(tmp_path: Path) -> None:
    """Functions find the plugin's modules when they are called, as well."""
    write(tmp_path, app="def late():\n    import helper\n    return helper.value", helper="value = 5")
    assert load(tmp_path, "app").late() == 5


def test_dataclasses_with_annotations_as_text(tmp_path: Path) -> None:
    """`dataclasses` reads the module of a class in `sys.modules`, which has it while it is run."""
    text = (
        "from __future__ import annotations\n"
        "from dataclasses import dataclass\n"
        "from typing import ClassVar\n"
        "@dataclass\n"
        "class A:\n"
        "    x: ClassVar[int] = 1\n"
        "    y: int = 2\n"
    )
    write(tmp_path, app=text)
    assert load(tmp_path, "app").A(3).y == 3


def test_a_single_file_owns_no_neighbour(tmp_path: Path) -> None:
    """A plugin of one file, or of one package, does not import what lies beside it."""
    files = {"pack/__init__": "from . import part", "pack/part": "import neighbour"}
    write(tmp_path, files, app="import neighbour", neighbour="")
    for name in ("app", "pack"):
        with pytest.raises(ModuleNotFoundError, match="No module named 'neighbour'"):
            load(tmp_path, name, only=name)


def test_missing_modules(tmp_path: Path) -> None:
    """What is neither the plugin's nor Python's cannot be imported, and a plugin's package hides Python's whole one."""
    write(tmp_path, {"app": "import absent_module", "other": "import json.decoder", "json/__init__": ""})
    with pytest.raises(ModuleNotFoundError, match="No module named 'absent_module'"):
        load(tmp_path, "app")
    with pytest.raises(ModuleNotFoundError, match=r"No module named 'json\.decoder' in the plugin"):
        load(tmp_path, "other")
    (tmp_path / "empty").mkdir()
    assert Modules(tmp_path, None, {}).load("empty") is None


def test_made_modules_come_before_files(tmp_path: Path) -> None:
    """Bindings are not looked for in the plugin's folder."""
    write(tmp_path, app="import wit_world\nvalue = wit_world.value", wit_world="value = 'file'")
    made = ModuleType("wit_world")
    vars(made)["value"] = "made"
    assert load(tmp_path, "app", wit_world=made).value == "made"


def test_failing_modules_are_not_kept(tmp_path: Path) -> None:
    """An error in a module's code comes out as it is, each time that it is imported."""
    write(tmp_path, app="try:\n    import bad\nexcept ZeroDivisionError:\n    import bad", bad="1 / 0")
    with pytest.raises(ZeroDivisionError):
        load(tmp_path, "app")
