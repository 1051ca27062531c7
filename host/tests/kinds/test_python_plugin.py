"""Plugins in Python in this process."""

from __future__ import annotations

import sys
import types
from typing import TYPE_CHECKING, Any

import componium
import pytest
from componium import Contract, ContractError, InvalidComponent, NotEnforceable

from host.tests.conftest import ROOT

from .conftest import LAUNCHER

if TYPE_CHECKING:
    from pathlib import Path

    from host.tests.conftest import LauncherHost

PROJECTS = ROOT / "sdk-guests" / "plugins"


class Plugin:
    """Implements the launcher contract."""

    made = 0

    def __init__(self, imports: types.SimpleNamespace) -> None:
        """Keep the application."""
        type(self).made += 1
        self.host = imports.host

    def get_trigger(self) -> str:
        """Give the trigger."""
        return ">"

    def handle(self, query: str) -> list[Any]:
        """Log, and answer with a mapping."""
        self.host.log("info", query)
        return [{"name": query, "exec": "", "keywords": str(self.host.get_user_config("key"))}]


def load(source: object, **options: Any) -> componium.Component:
    """Load a trusted plugin of the launcher."""
    return componium.load(source, **{"contract": LAUNCHER, "trust": True, **options})


def test_a_class_is_called_once_for_each_instance(launcher_host: LauncherHost) -> None:
    """Loading makes no object; each instance has its own, with the application's functions."""
    Plugin.made = 0
    component = load(Plugin)
    assert (component.kind, component.name, component.enforces, Plugin.made) == ("python", "Plugin", frozenset(), 0)
    with component.instantiate({"host": launcher_host}) as one, component.instantiate({"host": launcher_host}) as two:
        assert Plugin.made == 2
        (item,) = one.runner.handle("a")
        assert (item.name, item.keywords, type(item).__name__) == ("a", "None", "ActionItem")
        two.runner.handle("b")
    assert launcher_host.lines == [("info", "a"), ("info", "b")]


def test_constructors_may_call_the_application(launcher_host: LauncherHost) -> None:
    """The imports work from the first line on; what the constructor sets is looked at then."""

    class Eager:
        def __init__(self, imports: types.SimpleNamespace) -> None:
            imports.host.log("info", "started")
            self.runner = Plugin(imports)

    class Forgetful:
        def __init__(self) -> None:
            self.runner = object()

    with load(Eager).instantiate({"host": launcher_host}) as instance:
        assert instance.runner.get_trigger() == ">"
    assert launcher_host.lines == [("info", "started")]
    with pytest.raises(componium.Trap, match="get_trigger: missing"):
        load(Forgetful).instantiate({"host": launcher_host})


def test_an_object_and_a_module_are_shared(launcher_host: LauncherHost) -> None:
    """What the application gives as it is, is used as it is."""
    plugin = Plugin(types.SimpleNamespace(host=launcher_host))
    module = types.ModuleType("plugin")
    vars(module).update(get_trigger=plugin.get_trigger, handle=plugin.handle)
    for source in (plugin, module):
        with load(source).instantiate({"host": launcher_host}) as instance:
            assert instance.runner.get_trigger() == ">"
            assert instance.runner.handle("q")[0].name == "q"


def test_values_are_checked_as_in_a_sandbox(launcher_host: LauncherHost) -> None:
    """A plugin that returns something else than its contract says fails, and so does a caller with wrong arguments."""

    class Wrong(Plugin):
        def get_trigger(self) -> Any:
            return 1

    with load(Wrong).instantiate({"host": launcher_host}) as instance:
        with pytest.raises(componium.TypeMismatch):
            instance.runner.handle(1)
        with pytest.raises(componium.Trap):
            instance.runner.get_trigger()


def test_a_contract_is_needed() -> None:
    """Without a contract there are no types."""
    with pytest.raises(ContractError, match=r"give what it implements as `contract`, a componium\.Contract"):
        load(Plugin, contract=None)


def test_options_are_refused(launcher_host: LauncherHost) -> None:
    """What cannot be enforced is not accepted; an object cannot go to another process."""
    component = load(Plugin)
    with pytest.raises(NotEnforceable, match="Plugin: deadline and memory cannot be enforced"):
        component.instantiate({"host": launcher_host}, deadline=1.0, memory=2**20)
    with pytest.raises(NotEnforceable, match="load it from its path") as caught:
        component.instantiate({"host": launcher_host}, worker=True)
    assert caught.value.options == ("worker",)
    with pytest.raises(componium.ImportsError, match="host"):
        component.instantiate({})


FILE = """
from wit_world import exports
from wit_world.exports.runner import ActionItem
from wit_world.imports import host

handled = []

class Runner(exports.Runner):
    def get_trigger(self) -> str:
        return __name__

    def handle(self, query: str) -> list[ActionItem]:
        handled.append(query)
        host.log(host.Level.INFO, query)
        return [ActionItem(name=each, exec="", keywords="") for each in handled]
"""


@pytest.mark.parametrize("name", ["plugin.py", "package/__init__.py"])
def test_files(name: str, tmp_path: Path, launcher_host: LauncherHost) -> None:
    """A file or a package is run anew for each instance, and leaves no module behind."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(FILE)
    before = set(sys.modules)
    component = load(path if path.parent == tmp_path else path.parent)
    imports = {"host": launcher_host}
    with component.instantiate(imports) as one, component.instantiate(imports) as two:
        one.runner.handle("a")
        assert [item.name for item in one.runner.handle("b")] == ["a", "b"]
        assert [item.name for item in two.runner.handle("c")] == ["c"]
    assert launcher_host.lines == [("info", "a"), ("info", "b"), ("info", "c")]
    assert not {module for module in set(sys.modules) - before if "plugin" in module or "wit_world" in module}


@pytest.mark.parametrize(
    ("text", "error", "problem"),
    [
        ("1 / 0", InvalidComponent, "plugin cannot be imported: ZeroDivisionError"),
        ("def (", InvalidComponent, "plugin cannot be imported: SyntaxError"),
        ("class Runner: ...", ContractError, "get_trigger: missing"),
        (
            "from wit_world.imports import host\nhost.get_user_config('a')",
            InvalidComponent,
            "while the plugin's module is run",
        ),
    ],
    ids=["raises", "syntax", "missing", "calls-the-application"],
)
def test_bad_files(text: str, error: type[Exception], problem: str, tmp_path: Path) -> None:
    """What is wrong is known when the file is loaded."""
    path = tmp_path / "plugin.py"
    path.write_text(text)
    with pytest.raises(error, match=problem):
        load(path)


def test_projects(tmp_path: Path, launcher_host: LauncherHost) -> None:
    """The source of a component runs as it is, by its folder or its module; several share no module."""
    for path in (PROJECTS / "calc" / "python", PROJECTS / "calc" / "python" / "calc.py"):
        with load(path).instantiate({"host": launcher_host}) as calc:
            assert calc.runner.handle("=2^10")[0].exec == "1024"
    assert load(PROJECTS / "calc" / "python").name == "calc"
    with pytest.raises(InvalidComponent, match="is a plugin in rust: build it"):
        load(PROJECTS / "calc" / "rust")
    manifest = tmp_path / "componium.toml"
    for text, problem in [
        ("[plugin", "cannot be read"),
        ('plugin = "a"', "must be a table"),
        ('[plugin]\nname = "my-own"\nlanguage = "python"', "names the module 'my_own', which is not beside it"),
    ]:
        manifest.write_text(text)
        with pytest.raises(InvalidComponent, match=problem):
            load(tmp_path)


RESULTS = """
package demo:results@1.0.0;

interface api {
  variant shape { circle(f64), nothing }
  resource counter {
    constructor(start: u32);
    add: func(amount: u32) -> result<u32, string>;
    both: static func(a: borrow<counter>, b: counter) -> u32;
  }
  area: func(shape: shape) -> result<f64, shape>;
}

world results {
  import ask: func(what: string) -> result<string, u32>;
  export api;
  export relay: func(what: string) -> result<string, u32>;
}
"""

RESULTS_PLUGIN = """
import wit_world
from componentize_py_types import Err
from wit_world.exports.api import Shape_Circle, Shape_Nothing

class WitWorld(wit_world.WitWorld):
    def relay(self, what):
        try:
            return wit_world.ask(what)
        except Err as error:
            raise Err(error.value + 1)

class Api:
    def area(self, shape):
        match shape:
            case Shape_Circle(radius):
                return 3.0 * radius * radius
        raise Err(Shape_Nothing())

class Counter:
    def __init__(self, start):
        self.value = start

    def add(self, amount):
        if amount == 0:
            raise Err("nothing to add")
        self.value += amount
        return self.value

    @classmethod
    def both(cls, a, b):
        return a.value + b.value
"""


def test_results_variants_and_resources(tmp_path: Path) -> None:
    """Error cases are raised on both sides of a call, variants matched, resources kept, as in a component."""
    path = tmp_path / "plugin.py"
    path.write_text(RESULTS_PLUGIN)
    component = load(path, contract=Contract.parse(RESULTS))

    def ask(what: str) -> str:
        if what == "bad":
            raise componium.GuestError(41)
        return what.upper()

    with component.instantiate({"ask": ask}) as instance:
        assert instance.relay("good") == "GOOD"
        with pytest.raises(componium.GuestError) as caught:
            instance.relay("bad")
        assert caught.value.value == 42
        shape = instance.api.Shape
        assert instance.api.area(shape.Circle(2.0)) == 12.0
        with pytest.raises(componium.GuestError) as caught:
            instance.api.area(shape.Nothing())
        assert caught.value.value == shape.Nothing()
        counter = instance.api.Counter(5)
        assert counter.add(2) == 7
        with pytest.raises(componium.GuestError, match="nothing to add"):
            counter.add(0)
        assert instance.api.Counter.both(counter, instance.api.Counter(3)) == 10
