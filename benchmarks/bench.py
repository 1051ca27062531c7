"""The backends of one run, opened when first needed, with their calibration."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from benchmarks.backends import registry
from benchmarks.backends.backend import Backend, Functions, Repeated, UnavailableError
from benchmarks.plan import Plan
from benchmarks.workloads import WORKLOADS, Workload

Call = Callable[..., Any]
Arguments = tuple[Any, ...]

COPIES = 8  # of the arguments, which the turns use one after the other


@dataclass(frozen=True)
class Calibration:
    """How a backend's call of one workload is timed in one turn.

    Attributes:
        iterations: How many calls one timing covers.
        rounds: How many timings one turn makes.
    """

    iterations: int
    rounds: int


class Bench:
    """The opened backends.

    Attributes:
        missing: The backends that this machine cannot run, with the reasons.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.missing: dict[str, str] = {}
        self.opened: dict[str, tuple[Backend, Functions]] = {}
        self.calibrations: dict[tuple[str, str], Calibration] = {}
        self.copies: dict[str, list[Arguments]] = {}

    def open(self, name: str) -> tuple[Backend, Functions]:
        """Return a backend with its functions, loaded when first asked for.

        Raises:
            UnavailableError: This machine cannot run it.
        """
        if name in self.missing:
            raise UnavailableError(self.missing[name])
        if name not in self.opened:
            backend = registry.find(name).create(self.plan.artifacts)
            try:
                self.opened[name] = backend, backend.instantiate(backend.load())
            except UnavailableError as error:
                self.missing[name] = str(error)
                raise
        return self.opened[name]

    def verified(self, name: str, workload: Workload) -> Call:
        """Return the backend's function for a workload, after it has given the right answer.

        Raises:
            AssertionError: The answer was wrong.
            UnavailableError: This machine cannot run the backend.
        """
        backend, functions = self.open(name)
        call: Call = getattr(functions, workload.function)
        answer = call(*workload.arguments)
        if workload.function == "rows":
            answer = [backend.pair(row) for row in answer]
        workload.check(answer, name)
        return call

    def arguments(self, workload: Workload, turn: int) -> Arguments:
        """Return the arguments of a turn: equal ones, but not always at the same address.

        Some processors copy ten times as slowly where source and target happen to lie almost alike in their pages.
        With one address that could befall one backend in every turn, and pass for a result.
        """
        if workload.name not in self.copies:
            self.copies[workload.name] = [tuple(map(copied, workload.arguments)) for _ in range(COPIES)]
        return self.copies[workload.name][turn % COPIES]

    def calibration(self, name: str, workload: Workload, call: Call) -> Calibration:
        """Return how often to repeat the call, measured when first asked for."""
        key = name, workload.name
        if key not in self.calibrations:
            self.calibrations[key] = calibrate(call, workload.arguments, self.plan)
        return self.calibrations[key]


def copied(value: object) -> object:
    """Return an equal value, of bytes and text at another address."""
    match value:
        case bytes():
            return bytes(bytearray(value))
        case str():
            return value.encode().decode()
        case _:
            return value


def calibrate(call: Call, arguments: Arguments, plan: Plan) -> Calibration:
    """Find out how many calls fill a timing; a call that fills several by itself is timed once a turn."""
    iterations = 1
    while (elapsed := lasting(call, arguments, iterations)) < plan.effort.round_time:
        iterations *= 2
    slow = iterations == 1 and elapsed > 2 * plan.effort.round_time
    return Calibration(iterations, 1 if slow else plan.effort.rounds)


def lasting(call: Call, arguments: Arguments, iterations: int) -> float:
    """Return how many seconds some calls last together."""
    start = time.perf_counter()
    run(call, arguments, iterations)
    return time.perf_counter() - start


def run(call: Call, arguments: Arguments, iterations: int) -> None:
    """Call again and again, as a program would: written out, since unpacking arguments would cost more than `add`."""
    if isinstance(call, Repeated):
        call.repeat(*arguments, iterations)
    elif len(arguments) == 1:
        (only,) = arguments
        for _ in repeat(None, iterations):
            call(only)
    else:
        first, second = arguments
        for _ in repeat(None, iterations):
            call(first, second)


def find_workload(name: str) -> Workload:
    """Return the workload of that name.

    Raises:
        LookupError: There is none; the text lists those there are.
    """
    for workload in WORKLOADS:
        if workload.name == name:
            return workload
    raise LookupError(f"no workload is called {name!r}: choose from {', '.join(entry.name for entry in WORKLOADS)}")
