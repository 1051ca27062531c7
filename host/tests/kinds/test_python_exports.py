"""What implements a contract in Python, apart from instances."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from typing import Any, Protocol

import pytest
from componium import ContractError
from componium._kinds.python.exports import ClassView, find_exports
from componium._kinds.python.source import Owner

RUNNER = "demo:app/query-runner@1.0.0"
HANDLE: Any = (RUNNER, "handle", None, ["input"], "handle: func(input: string) -> string")
TRIGGER: Any = (RUNNER, "get_trigger", None, [], "get-trigger: func() -> string")
LOG: Any = ("demo:app/log", "write", None, ["line"], "write: func(line: string)")
RUN: Any = (None, "run", None, [], "run: func()")
COUNTER: Any = [
    (RUNNER, "counter", ("Counter", "constructor"), ["start"], "counter: constructor(start: u32)"),
    (RUNNER, "add", ("Counter", "method"), ["self", "amount"], "counter.add: func(amount: u32)"),
]


class Runner:
    """Implements the interface."""

    def get_trigger(self) -> str:
        """Take nothing."""
        return "t"

    def handle(self, text: str) -> str:
        """Take one argument."""
        return text


class Logger:
    """Implements the other interface."""

    def write(self, line: str) -> None:
        """Take one argument."""


def find(value: Any, *functions: Any, resources: Any = (), make: Any = lambda made: made()) -> Any:
    """Find functions in a value."""
    return find_exports("plugin", functions, resources, Owner(value), make)


def module(**members: Any) -> ModuleType:
    """Make a module."""
    made = ModuleType("made")
    vars(made).update(members)
    return made


@pytest.mark.parametrize(
    "value",
    [
        Runner(),
        Runner,
        SimpleNamespace(query_runner=Runner()),
        module(QueryRunner=Runner),
        module(query_runner=Runner()),
        module(query_runner=module(get_trigger=lambda: "t", handle=lambda text: text)),
        module(get_trigger=lambda: "t", handle=lambda text: text),
    ],
    ids=["object", "class", "attribute", "class-in-module", "object-in-module", "submodule", "module"],
)
def test_the_only_interface_of_a_world(value: Any) -> None:
    """It may be an attribute, a class as componentize-py wants it, or the value itself."""
    (get_trigger, handle), _ = find(value, TRIGGER, HANDLE)
    assert (get_trigger(), handle("text")) == ("t", "text")


def test_protocols_are_no_implementation() -> None:
    """A module that imports the generated protocol does not implement it by that."""

    class QueryRunner(Protocol):
        def handle(self, text: str) -> str: ...

    (handle,), _ = find(module(QueryRunner=QueryRunner, handle=str.upper), HANDLE)
    assert handle("a") == "A"


def test_several_interfaces() -> None:
    """With several interfaces, or functions of the world itself, each has its name."""
    value = SimpleNamespace(query_runner=Runner(), log=Logger(), run=lambda: "ran")
    (handle, write, run), _ = find(value, HANDLE, LOG, RUN)
    assert (handle("a"), write("line"), run()) == ("a", None, "ran")


def test_functions_of_the_world_from_a_class() -> None:
    """componentize-py wants them in the class `WitWorld`."""

    class World:
        def run(self) -> str:
            return "ran"

    (run,), _ = find(module(WitWorld=World), RUN)
    assert run() == "ran"


def test_everything_wrong_is_listed() -> None:
    """Missing functions with near names, wrong arguments and missing interfaces are one error."""

    class Wrong:
        def get_triger(self) -> str:
            return "misspelt"

        def handle(self) -> str:
            return "too few arguments"

    with pytest.raises(ContractError) as caught:
        find(SimpleNamespace(query_runner=Wrong(), loq=Logger()), TRIGGER, HANDLE, LOG)
    first, *problems = str(caught.value).split("\n  - ")
    assert first == "plugin does not implement its contract:"
    assert problems[0] == f"{RUNNER}: get_trigger: missing; did you mean `get_triger`?"
    assert "cannot be called with (input) (handle: func(input: string) -> string)" in problems[1]
    assert problems[2] == "demo:app/log: write: nothing was given for the interface `log`; did you mean `loq`?"
    assert caught.value.problems == tuple(problems)


def test_classes_are_checked_without_making_objects() -> None:
    """Functions of a class are seen as its objects will have them, and what its constructor sets is left for later."""

    class Careless:
        made = 0

        def __init__(self, imports: object) -> None:
            type(self).made += 1
            self.handle = str.upper
            del imports

        def get_trigger(self, extra: str) -> str:
            return extra

    with pytest.raises(ContractError) as caught:
        find(Careless, TRIGGER, HANDLE, make=ClassView)
    assert len(caught.value.problems) == 1
    assert "get_trigger" in caught.value.problems[0]
    assert Careless.made == 0
    find(Runner, TRIGGER, HANDLE, make=ClassView)


def test_resources_are_classes_beside_the_functions() -> None:
    """A resource is a class of the interface, of the module, or of the module that is named after the interface."""

    class Counter:
        def __init__(self, start: int) -> None:
            self.start = start

        def add(self, amount: int) -> None: ...

    resources = [(RUNNER, "Counter")]
    owner = Owner(module(QueryRunner=Runner), lambda name: SimpleNamespace(Counter=Counter, name=name))
    functions, classes = find_exports("plugin", [HANDLE, *COUNTER], resources, owner, lambda made: made())
    assert (functions[1:], classes) == ([Counter, None], [Counter])
    with pytest.raises(ContractError, match="Counter: missing; did you mean `Countr`"):
        find(module(QueryRunner=Runner, Countr=Counter), HANDLE, *COUNTER, resources=resources)
