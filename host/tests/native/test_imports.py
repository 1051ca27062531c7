"""Functions of the application that native plugins call, and how calls end that cannot go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from componium import ClosedError, ConversionError, GuestError, Instance, ReentranceError, Trap

if TYPE_CHECKING:
    from .conftest import Store


def test_host_function(api: Any, store: Store) -> None:
    """A host function gets what the plugin passes, and its result comes back."""
    assert api.call_log("one") == 1
    assert api.call_log("two") == 2
    assert store.lines == ["one", "two"]


def test_host_function_of_a_long_call(api: Any, store: Store) -> None:
    """A function whose calls are long, so that other threads run meanwhile, calls back as any other."""
    assert [api.call_log_slowly("line") for _ in range(200)] == list(range(1, 201))
    assert len(store.lines) == 200


def test_results_of_host_functions(api: Any) -> None:
    """A result in memory has all its cases."""
    assert api.ask("key") == "KEY"
    assert api.ask("") is None
    with pytest.raises(GuestError, match="denied"):
        api.ask("denied")


def test_exception_of_a_host_function(instance: Instance, store: Store) -> None:
    """What a host function raises comes out of the call, with a note, and ends the instance."""

    def fail() -> None:
        message = "the disk is full"
        raise OSError(message)

    store.on_log = fail
    with pytest.raises(OSError, match="the disk is full") as raised:
        instance.api.call_log("line")
    assert raised.value.__notes__ == ["raised in a function that the guest called, during plugin: api.call-log()"]
    assert not instance.running
    with pytest.raises(ClosedError, match=r"ended when api\.call-log\(\) failed"):
        instance.api.add(1, 2)


def test_wrong_result_of_a_host_function(instance: Instance) -> None:
    """A host function that answers what its type does not allow is told so."""
    with pytest.raises(ConversionError, match=r"store\.find.*result"):
        instance.api.ask("wrong")


def test_failure_of_the_plugin(instance: Instance) -> None:
    """What the plugin says when it ends a call is the reason of the trap."""
    with pytest.raises(Trap, match=r"plugin: api\.fail\(\): the guest failed: no more paper"):
        instance.api.fail("no more paper")
    assert not instance.running


def test_reentrance(instance: Instance, store: Store) -> None:
    """A host function cannot call the instance that is calling it."""
    store.on_log = lambda: instance.api.add(1, 2)
    with pytest.raises(ReentranceError, match="in a call already"):
        instance.api.call_log("line")


def test_instances_call_each_other(component: Any, instance: Instance, store: Store) -> None:
    """A host function can call another instance of the same library, whose failure is that one's alone."""
    other = component.instantiate({"store": type(store)()})

    def call_other() -> None:
        with pytest.raises(Trap, match="enough"):
            other.api.fail("enough")

    store.on_log = call_other
    assert instance.api.call_log("line") == 1
    assert (instance.running, other.running) == (True, False)
