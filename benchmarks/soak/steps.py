"""What the soak repeats: calls that pass everything that can pass, and instances that end in every way they can."""

from collections.abc import Callable, Mapping
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import componium

from benchmarks.artifacts import MissingGuestError
from benchmarks.soak.host import Echoes, File, Files, Launcher

Step = Callable[[], object]

TEXT = "plain text, then ä, € and 🦀 "
MIXED = {
    "flag": True,
    "small": 255,
    "big": 2**64 - 1,
    "text": TEXT,
    "points": [{"x": 1, "y": -1}] * 3,
    "nothing": None,
}


def call_steps(guests: Path) -> list[Step]:
    """Return calls of long-lived instances: every kind of value, host functions, errors and resources.

    Raises:
        MissingGuestError: A guest has not been built.
    """
    values = load(guests, "values-rust")
    types: Mapping[str, Any] = values.exports[0].types
    echoes = values.instantiate({"echoes": Echoes()}).echoes
    resources = load(guests, "resources-rust")
    problems: Mapping[str, Any] = resources.imports[0].types
    File.missing = problems["Problem"].NotFound
    counters = resources.instantiate({"files": Files()}).counters
    shapes = [types["Shape"].Circle(0.5), types["Shape"].Label(TEXT), types["Shape"].Nowhere()]

    def count() -> None:
        with counters.Counter(1) as counter:
            counter.add(2)

    return [
        echoes.nothing,
        lambda: echoes.echo_u64(2**64 - 1),
        lambda: echoes.echo_f64(-0.5),
        lambda: echoes.echo_string(TEXT * 8),
        lambda: echoes.echo_bytes(b"." * 1000),
        lambda: echoes.echo_floats([0.5, -1.0, 1e300] * 4),
        lambda: echoes.echo_strings([TEXT, "", TEXT]),
        lambda: echoes.echo_mixed(MIXED),
        lambda: echoes.echo_shapes(shapes),
        lambda: echoes.echo_permissions(["read", "run"]),
        lambda: echoes.echo_options(componium.Some(None)),
        lambda: echoes.join("a", "b", "c", "d", "e", "f", "g", "h", 9),
        lambda: echoes.echo_result(componium.Ok(7)),
        lambda: refused(componium.GuestError, echoes.echo_result, componium.Err(TEXT)),
        lambda: refused(componium.TypeMismatch, echoes.echo_strings, [TEXT, 7]),
        count,
        lambda: counters.tickets(2),
        lambda: counters.read(File("present")),
        lambda: counters.open("present"),
        lambda: refused(componium.GuestError, counters.open, "absent"),
    ]


def life_steps(guests: Path) -> list[Step]:
    """Return lives of instances, which are closed, forgotten, collected, or ended by a trap or by a host function.

    Raises:
        MissingGuestError: A guest has not been built.
    """
    values, faulty = load(guests, "values-rust"), load(guests, "faulty-c")

    def closed() -> None:
        with values.instantiate({"echoes": Echoes()}) as instance:
            instance.echoes.echo_string(TEXT)

    def forgotten() -> None:
        values.instantiate({"echoes": Echoes()}).echoes.echo_string(TEXT)

    def collected() -> None:
        host = Echoes()
        host.instance = values.instantiate({"echoes": host})  # type: ignore[attr-defined]  # a cycle

    def trapped() -> None:
        refused(componium.Trap, faulty.instantiate({"host": Launcher()}).runner.handle, "!trap")

    def interrupted() -> None:
        def fail(_: object) -> str:
            raise LookupError(TEXT)

        host = Echoes()
        host.echo_string = fail  # type: ignore[attr-defined]
        refused(LookupError, values.instantiate({"echoes": host}).echoes.echo_string, TEXT)

    return [closed, forgotten, collected, trapped, interrupted]


def load(guests: Path, name: str) -> componium.Component:
    """Load a guest.

    Raises:
        MissingGuestError: It has not been built.
    """
    path = guests / f"{name}.wasm"
    if not path.is_file():
        raise MissingGuestError(f"{path} does not exist: run `nox -s build`, then try again")
    return componium.load(path)


def refused(expected: type[Exception], function: Callable[[Any], object], argument: object) -> None:
    """Call and expect an error.

    Raises:
        AssertionError: There was none.
    """
    try:
        function(argument)
    except expected:
        return
    raise AssertionError(f"{function} did not raise {expected.__name__}")


def repeat(steps: list[Step], times: int) -> None:
    """Take so many steps, one after the other and again from the first."""
    for step in islice(cycle(steps), times):
        step()
