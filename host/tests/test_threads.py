"""Threads: one call at a time for each instance, instances side by side, and calls that let the interpreter go."""

from __future__ import annotations

import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import componium
import pytest
from componium import DeadlineExceeded, ReentranceError

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = """
(component
  (import "meet" (func $meet (param "number" u32) (result u32)))
  (core func $meet (canon lower (func $meet)))
  (core module $m
    (import "host" "meet" (func $meet (param i32) (result i32)))
    (global $count (mut i32) (i32.const 0))
    (func (export "next") (result i32)
      (global.set $count (i32.add (global.get $count) (i32.const 1)))
      (global.get $count))
    (func $spin (export "spin") (param i64) (result i64)
      (loop $again
        (local.set 0 (i64.sub (local.get 0) (i64.const 1)))
        (br_if $again (i64.gt_s (local.get 0) (i64.const 0))))
      (local.get 0))
    (func (export "visit") (param i64 i32) (result i32)
      (drop (call $spin (local.get 0)))
      (call $meet (local.get 1))))
  (core instance $host (export "meet" (func $meet)))
  (core instance $i (instantiate $m (with "host" (instance $host))))
  (func (export "next") (result u32) (canon lift (core func $i "next")))
  (func (export "spin") (param "turns" s64) (result s64) (canon lift (core func $i "spin")))
  (func (export "visit") (param "turns" s64) (param "number" u32) (result u32) (canon lift (core func $i "visit"))))
"""
LONG = 2_000_000
"""Turns that take a millisecond or more on any machine."""
FOREVER = 2**62
WAIT = 60
"""Seconds after which a test gives up."""


@pytest.fixture
def component(text: Callable[..., componium.Component]) -> componium.Component:
    """Give the component."""
    return text(SOURCE)


def make(component: componium.Component, meet: Callable[[int], int] = abs, **options: Any) -> componium.Instance:
    """Make an instance whose long functions are known to be long."""
    instance = component.instantiate({"meet": meet}, **options)
    instance.spin(LONG)
    instance.visit(LONG, 0)
    return instance


def test_one_call_at_a_time(component: componium.Component) -> None:
    """Threads that call one instance wait for each other: every call is made, none is lost."""
    with make(component) as instance, ThreadPoolExecutor(4) as threads:
        counts = list(threads.map(lambda _: instance.next(), range(2000)))
    assert sorted(counts) == list(range(1, 2001))


@pytest.mark.parametrize("turns", [0, LONG], ids=["short", "long"])
def test_instances_side_by_side(component: componium.Component, turns: int) -> None:
    """Two instances are inside their calls at the same time."""
    barrier = threading.Barrier(2)

    def meet(number: int) -> int:
        if number:
            barrier.wait(WAIT)
        return number + 1

    with make(component, meet) as one, make(component, meet) as other, ThreadPoolExecutor(2) as threads:
        answers = [threads.submit(instance.visit, turns, 1) for instance in (one, other)]
        assert [answer.result(WAIT) for answer in answers] == [2, 2]


def test_waiting_for_each_other(component: componium.Component) -> None:
    """Where threads would wait for each other's instances for ever, one gets an error, and both can go on."""
    instances: list[componium.Instance] = []
    barrier = threading.Barrier(2)
    errors: list[str] = []

    def meet(number: int) -> int:
        if number not in {1, 2}:
            return number
        barrier.wait(WAIT)
        try:
            # Number 1 is inside the first instance and calls the second, number 2 the other way round.
            return int(instances[number % 2].visit(0, 10 + number))
        except ReentranceError as error:
            errors.append(str(error))
            return 0

    instances += [make(component, meet), make(component, meet)]
    with ThreadPoolExecutor(2) as threads:
        visits = [threads.submit(instances[number - 1].visit, 0, number) for number in (1, 2)]
        answers = {visit.result(WAIT) for visit in visits}
    assert len(errors) == 1
    assert "waiting for this instance would never end" in errors[0]
    assert answers in ({0, 12}, {0, 11})


def test_three_in_a_ring(component: componium.Component) -> None:
    """The way back to oneself is found through other threads too."""
    instances: list[componium.Instance] = []
    barrier = threading.Barrier(3)

    def meet(number: int) -> int:
        if number in {1, 2, 3}:
            barrier.wait(WAIT)
            return int(instances[number % 3].visit(0, 9))
        return number

    instances += [make(component, meet) for _ in range(3)]
    with ThreadPoolExecutor(3) as threads:
        visits = [threads.submit(instances[number - 1].visit, 0, number) for number in (1, 2, 3)]
        errors = [visit.exception(WAIT) for visit in visits]
    assert sum(isinstance(error, ReentranceError) for error in errors) == 1


def test_long_call_of_same_instance_from_host_function(component: componium.Component) -> None:
    """Re-entrance is noticed in a call that let the interpreter go, too."""
    instances: list[componium.Instance] = []

    def meet(number: int) -> int:
        return int(instances[0].next()) if number else 0

    instances.append(make(component, meet))
    with pytest.raises(ReentranceError, match="this instance is in a call already"):
        instances[0].visit(LONG, 1)


def test_exception_in_long_call(component: componium.Component) -> None:
    """An exception of a host function reaches the caller of a long call."""

    def meet(number: int) -> int:
        if number:
            message = "no meeting"
            raise LookupError(message)
        return 0

    instance = make(component, meet)
    with pytest.raises(LookupError, match="no meeting"):
        instance.visit(LONG, 1)
    assert not instance.running


def test_deadline_of_long_call(component: componium.Component) -> None:
    """The deadline holds while the interpreter is let go."""
    instance = make(component, deadline=0.2)
    with pytest.raises(DeadlineExceeded):
        instance.spin(FOREVER)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no interval timers to interrupt with")
def test_interrupt_of_long_call(component: componium.Component) -> None:
    """Ctrl-C ends a guest that let the interpreter go."""
    instance = make(component, deadline=WAIT)
    previous = signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        with pytest.raises(KeyboardInterrupt):
            instance.spin(FOREVER)
    finally:
        signal.signal(signal.SIGALRM, previous)


def test_values_in_long_calls(values: componium.Component) -> None:
    """Values cross unharmed while other threads run Python and other instances."""
    payloads = [bytes([number]) * (4 << 20) for number in range(4)]

    class Echo:
        def __getattr__(self, name: str) -> Any:
            return lambda *values: values[0]

    def echo(payload: bytes) -> bool:
        with values.instantiate({"echoes": Echo()}) as instance:
            text = payload.decode()
            return all(
                instance.echoes.echo_bytes(bytearray(payload)) == payload
                and instance.echoes.echo_string(text) == text
                and instance.echoes.echo_strings([text[:9], "é"]) == [text[:9], "é"]
                for _ in range(5)
            )

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(echo, payloads))


def test_closing_from_another_thread(component: componium.Component) -> None:
    """Closing waits for the call under way."""
    inside, closed = threading.Event(), threading.Event()

    def meet(number: int) -> int:
        if number:
            inside.set()
            assert not closed.wait(0.05)
        return number

    instance = make(component, meet)
    with ThreadPoolExecutor(1) as threads:
        visit = threads.submit(instance.visit, LONG, 5)
        assert inside.wait(WAIT)
        instance.close()
        closed.set()
        assert visit.result(WAIT) == 5
