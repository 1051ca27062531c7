"""Starts one backend in the process it runs in, and prints how long each phase of that took.

`python -m benchmarks.start wasm-rust GUESTS NATIVE` prints one JSON object: `phases`, each with its seconds, or the
reason why the backend is `missing` on this machine.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.artifacts import Artifacts
from benchmarks.backends import registry
from benchmarks.backends.backend import UnavailableError

PHASES = ("import", "load", "instantiate", "call")


def main(name: str, guests: str, native: str) -> int:
    """Measure a backend's start and print it.

    Args:
        name: The backend's name.
        guests: The folder of the WebAssembly guests.
        native: The folder of the native baselines.

    Returns:
        The process's exit code.
    """
    try:
        print(json.dumps({"phases": measure(registry.find(name), Artifacts(Path(guests), Path(native)))}))
    except UnavailableError as error:
        print(json.dumps({"missing": str(error)}))
    return 0


def measure(entry: registry.Entry, artifacts: Artifacts) -> dict[str, float]:
    """Start the backend.

    Returns:
        Each phase with the seconds that it lasted.

    Raises:
        UnavailableError: This machine cannot run the backend.
    """
    phases: dict[str, float] = {}
    with timed(phases, "import"):
        backend = entry.create(artifacts)
    with timed(phases, "load"):
        code = backend.load()
    with timed(phases, "instantiate"):
        functions = backend.instantiate(code)
    with timed(phases, "call"):
        answer = functions.add(2**32 - 1, 43)
    assert answer == 42, answer
    return phases


@contextmanager
def timed(phases: dict[str, float], name: str) -> Iterator[None]:
    """Note how many seconds the block lasts."""
    start = time.perf_counter()
    yield
    phases[name] = time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
