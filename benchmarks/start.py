"""Starts one backend in the process it runs in, and prints how long each phase of that took.

`python -m benchmarks.start wasm-rust GUESTS NATIVE` prints one JSON object: phase to seconds.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.artifacts import Artifacts
from benchmarks.backends import registry

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
    phases: dict[str, float] = {}
    entry = registry.find(name)
    with timed(phases, "import"):
        backend = entry.create(Artifacts(Path(guests), Path(native)))
    with timed(phases, "load"):
        code = backend.load()
    with timed(phases, "instantiate"):
        functions = backend.instantiate(code)
    with timed(phases, "call"):
        answer = functions.add(2**32 - 1, 43)
    assert answer == 42, answer
    print(json.dumps(phases))
    return 0


@contextmanager
def timed(phases: dict[str, float], name: str) -> Iterator[None]:
    """Note how many seconds the block lasts."""
    start = time.perf_counter()
    yield
    phases[name] = time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
