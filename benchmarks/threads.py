"""Calls that several threads make at once: each evaluates an expression that takes as long as wanted."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.backends import registry
from benchmarks.bench import Bench, lasting, run
from benchmarks.workloads import EXPRESSION, EXPRESSION_VALUE, nearly_equal

Evaluate = Callable[[str], float]

THREADS = 2
PROBE = 100  # repetitions of the expression that are timed to know how long one takes


@dataclass(frozen=True)
class Crew:
    """What the threads of a turn need.

    Attributes:
        calls: The function of one instance for each thread.
        expression: What is evaluated.
        iterations: How many calls a thread makes in one turn.
    """

    calls: tuple[Evaluate, ...]
    expression: str
    iterations: int


class Crews:
    """The crews of one run, put together when first needed."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.crews: dict[tuple[str, float], Crew] = {}

    def find(self, backend: str, seconds: float) -> Crew:
        """Return the crew whose calls last so long on a backend.

        Raises:
            AssertionError: The backend gave a wrong answer.
            UnavailableError: This machine cannot run the backend.
        """
        if (backend, seconds) not in self.crews:
            self.bench.open(backend)
            calls = tuple(self.instance(backend) for _ in range(THREADS))
            self.crews[backend, seconds] = gather(calls, seconds, self.bench.plan.effort.threads_time)
        return self.crews[backend, seconds]

    def instance(self, backend: str) -> Evaluate:
        """Return the function of an instance that no other thread has."""
        made = registry.find(backend).create(self.bench.plan.artifacts)
        return made.instantiate(made.load()).evaluate


def gather(calls: tuple[Evaluate, ...], seconds: float, total: float) -> Crew:
    """Find an expression that takes as long as wanted, and check the answers.

    Args:
        calls: The function of one instance for each thread.
        seconds: How long a call should last.
        total: How long the calls of one thread should last together in one turn.
    """
    elapsed = min(lasting(calls[0], (repeated(PROBE),), 1) for _ in range(10))
    repetitions = max(1, round(PROBE * seconds / elapsed))
    expression = repeated(repetitions)
    for call in calls:
        answer = call(expression)
        assert nearly_equal(answer, repetitions * EXPRESSION_VALUE), answer
    return Crew(calls, expression, max(1, round(total / seconds)))


def repeated(times: int) -> str:
    """Return the sum of so many equal expressions."""
    return " + ".join([EXPRESSION] * times)


def work(calls: Sequence[Evaluate], expression: str, iterations: int) -> None:
    """Let one thread for each function call it again and again, and wait for all."""
    threads = [threading.Thread(target=run, args=(call, (expression,), iterations)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
