"""Resources that native plugins make, and objects of the application that they hold."""

from __future__ import annotations

import gc
import sys
import weakref
from typing import TYPE_CHECKING, Any

import pytest
from componium import Instance, ResourceError, Trap, TypeMismatch

from .conftest import Item, Store

if TYPE_CHECKING:
    from componium import Component


def test_constructor_methods_and_statics(api: Any) -> None:
    """A resource is an object with its methods."""
    counter = api.Counter(40)
    assert counter.add(2) == 42
    merged = api.Counter.merge(counter, api.Counter(8))
    assert merged.add(0) == 50
    with pytest.raises(ResourceError, match="was given to the guest"):
        counter.add(1)


def test_destructor_runs_once(api: Any) -> None:
    """Whoever drops a resource, and however often, its destructor runs once."""
    explicit, collected = api.Counter(1), api.Counter(2)
    explicit.drop()
    explicit.drop()
    assert api.destroyed() == 1
    del collected
    gc.collect()
    assert api.destroyed() == 2
    api.Counter.merge(api.Counter(3), api.Counter(4)).drop()
    assert api.destroyed() == 5


def test_context_manager(api: Any) -> None:
    """`with` drops a resource."""
    with api.Counter(1) as counter:
        assert counter.add(1) == 2
    assert api.destroyed() == 1


def test_handles_within_values(api: Any) -> None:
    """Handles travel in lists and options, lent or given."""
    counters = [api.Counter(number) for number in range(5)]
    assert api.total(counters) == 10
    wrapped = api.wrap(counters[3])
    assert wrapped.add(0) == 3
    assert api.wrap(None) is None
    assert not counters[3]._handle.held


def test_handle_of_another_instance(component: Component, api: Any, store: Store) -> None:
    """A handle is of use to its own instance only."""
    other = component.instantiate({"store": store}).api
    with pytest.raises(ResourceError, match="belongs to another instance"):
        other.wrap(api.Counter(1))


def test_handle_after_the_end(instance: Instance) -> None:
    """A handle outlives its instance, and then does nothing."""
    counter = instance.api.Counter(1)
    instance.close()
    counter.drop()


def test_failing_destructor(instance: Instance) -> None:
    """A destructor that fails ends the instance."""
    counter = instance.api.Counter(666)
    with pytest.raises(Trap, match=r"api\.counter\.drop\(\): the guest failed: this counter cannot be destroyed"):
        counter.drop()
    assert not instance.running


def test_failing_destructor_within_a_call(instance: Instance) -> None:
    """A destructor that fails inside a call ends that call."""
    api = instance.api
    with pytest.raises(Trap, match="this counter cannot be destroyed"):
        api.Counter.merge(api.Counter(666), api.Counter(1))
    assert not instance.running


def test_lent_object(api: Any) -> None:
    """An object that is lent comes back when the call ends."""
    item = Item("lent")
    references = sys.getrefcount(item)
    assert api.look(item) == "lent"
    assert sys.getrefcount(item) == references
    assert not Item.dropped


def test_given_object(api: Any) -> None:
    """An object that is given away is the plugin's to drop."""
    item = Item("given")
    gone = weakref.ref(item)
    assert api.take(item) == "given"
    assert Item.dropped == {"given": 1}
    del item
    gc.collect()
    assert gone() is None


def test_made_object(api: Any) -> None:
    """A plugin makes objects of the application, and gives the objects themselves."""
    made = api.make("made")
    assert isinstance(made, Item)
    assert made.name() == "made"
    assert not Item.dropped


def test_wrong_object(api: Any) -> None:
    """Only objects of the resource's class are taken."""
    with pytest.raises(TypeMismatch, match="Item"):
        api.take("item")


def test_exception_of_a_method(instance: Instance) -> None:
    """What an object's method raises comes out of the call."""
    with pytest.raises(LookupError, match="it has no name"):
        instance.api.look(Item("nameless"))
    assert not instance.running


def test_cycle_is_collected(component: Component) -> None:
    """An instance that its own host functions refer to is collected."""
    store = Store()
    instance = component.instantiate({"store": store})
    store.on_log = instance.api.count
    gone = weakref.ref(store)
    del instance, store
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize(
    ("function", "arguments", "problem"),
    [
        ("keep", [Item("kept")], r"kept 1 of the handles that it had borrowed"),
        ("forge", [0], "has no handle 0"),
        ("forge", [77], "has no handle 77"),
        ("forge_item", [2**32 - 1], "has no handle 4294967295"),
        ("item_as_counter", [Item("item")], "its handle 1 is of another resource"),
        ("drop_item", [4], "has no handle 4"),
        ("drop_twice", [Item("twice")], "has no handle 1"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_handles_that_a_plugin_does_not_have(
    instance: Instance, function: str, arguments: list[Any], problem: str
) -> None:
    """A plugin cannot use a handle that it was not given, nor keep one that it was lent."""
    with pytest.raises(Trap, match=f"broke the canonical ABI: it .*{problem}|broke the canonical ABI: {problem}"):
        getattr(instance.api, function)(*arguments)
    assert not instance.running


@pytest.mark.parametrize(
    ("function", "problem"),
    [
        ("text_at_null", "5 bytes at 0x0 lie outside the process's memory"),
        ("text_of_latin1", "is not valid UTF-8"),
        ("level_nine", "level has no case number 9"),
    ],
)
def test_values_that_are_none(instance: Instance, function: str, problem: str) -> None:
    """A result that no type allows is told, as far as it can be told."""
    with pytest.raises(Trap, match=f"the guest broke the canonical ABI: .*{problem}"):
        getattr(instance.api, function)()
    assert not instance.running
