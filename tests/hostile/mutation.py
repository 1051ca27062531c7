"""Damages valid plugins, loads what comes out, and calls it: `nox -s hostile -- mutate`.

Every input follows from the seed and its number alone, so that a failure can be had again.
"""

import argparse
import inspect
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import componium

from .application import Application
from .case import read_cases
from .guest import BUILD, BUILT, binary, built
from .watchdog import Death, Watchdog

FOUND = BUILD / "hostile" / "found"
PATIENCE = 20.0
"""Seconds after which an input counts as hung."""
DEADLINE = 0.1
MEMORY = 32 << 20
SMALL = 10_000
"""Bytes of a guest in text form that is worth damaging: others are one thing many times over."""

INTERESTING = (b"\x00", b"\x01", b"\x7f", b"\x80", b"\xff", b"\xff\xff\xff\xff\x0f", b"\x80\x80\x80\x80\x08")


@dataclass(frozen=True, slots=True)
class Input:
    """One damaged plugin.

    Attributes:
        seed: The run's seed.
        number: Its number in the run.
    """

    seed: int
    number: int

    def make(self, sources: list[bytes]) -> bytes:
        """Return its bytes.

        Args:
            sources: The valid plugins.
        """
        chance = random.Random(f"{self.seed}/{self.number}")  # noqa: S311  # nothing secret
        wasm = bytearray(chance.choice(sources))
        for _ in range(chance.randint(1, 3)):
            chance.choice(MUTATIONS)(wasm, chance)
        return bytes(wasm)

    @property
    def file(self) -> Path:
        """Where it is kept if it is a finding."""
        return FOUND / f"{self.seed}-{self.number}.wasm"


def _flip_bit(wasm: bytearray, chance: random.Random) -> None:
    wasm[chance.randrange(len(wasm))] ^= 1 << chance.randrange(8)


def _set_byte(wasm: bytearray, chance: random.Random) -> None:
    wasm[chance.randrange(len(wasm))] = chance.randrange(256)


def _overwrite(wasm: bytearray, chance: random.Random) -> None:
    at, new = chance.randrange(len(wasm)), chance.choice(INTERESTING)
    wasm[at : at + len(new)] = new


def _exchange(wasm: bytearray, chance: random.Random) -> None:
    """Exchange two short runs, which keeps all lengths."""
    length = chance.randint(1, 8)
    one, other = (chance.randrange(max(1, len(wasm) - length)) for _ in range(2))
    if abs(one - other) >= length:
        wasm[one : one + length], wasm[other : other + length] = (
            wasm[other : other + length],
            wasm[one : one + length],
        )


def _remove(wasm: bytearray, chance: random.Random) -> None:
    at = chance.randrange(1, len(wasm))
    del wasm[at : at + chance.randint(1, 16)]


def _repeat(wasm: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(wasm))
    wasm[at:at] = wasm[at : at + chance.randint(1, 64)] * chance.randint(1, 4)


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip_bit,
    _flip_bit,
    _set_byte,
    _set_byte,
    _overwrite,
    _exchange,
    _remove,
    _repeat,
)


def sources() -> list[bytes]:
    """Return the valid plugins: the reference plugin in two languages, and the small guests in text form."""
    echoes = [built(BUILD / "plugins" / f"echo-{language}.wasm") for language in ("rust", "c")]
    texts = [binary(case) for case in read_cases() if case.guest not in BUILT and case.when == "call"]
    small = [text for text in texts if len(text) < SMALL]
    return [*(echo for echo in echoes for _ in range(len(small) // 4)), *small]


def prepare() -> Callable[[Input], str]:
    """Return how an input is tried; what a watchdog's process is prepared with."""
    valid = sources()
    return lambda given: attempt(given.make(valid))


def attempt(wasm: bytes) -> str:
    """Load a plugin and call everything that it exports, and tell how that ended.

    Args:
        wasm: The plugin.

    Returns:
        `ran`, or the class of the first error; with its text, after a colon, if it is not one of Componium's.
    """
    try:
        component = componium.load(wasm, cache=False)
        application = Application(component, {"deadline": DEADLINE, "memory": MEMORY})
        instance = application.instantiate(environment={})
        for function in _functions(component, instance):
            function(*_arguments(function))
    except componium.Error as error:
        return type(error).__name__
    except BaseException as error:  # noqa: BLE001  # a panic of the native half is none of Exception
        return f"{type(error).__name__}: {error}"
    return "ran"


def _functions(component: componium.Component, instance: componium.Instance) -> Iterator[Callable[..., Any]]:
    for interface in component.exports:
        for function in interface.functions:
            if function.attribute is not None and interface.name is not None:
                yield getattr(instance[interface.name], function.attribute)
            elif function.attribute is not None:
                yield instance[function.name]


def _arguments(function: Callable[..., Any]) -> list[str]:
    """Return texts: what is not a text becomes a `TypeMismatch`, which is documented."""
    return ["text" for _ in inspect.signature(function).parameters]


def main(arguments: list[str]) -> int:
    """Try inputs until time or number is used up.

    Args:
        arguments: Of the command line.

    Returns:
        1 if anything but a documented error came out, 0 otherwise.
    """
    parser = argparse.ArgumentParser(prog="nox -s hostile -- mutate", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long it runs at most (%(default)g)")
    parser.add_argument("--count", type=int, default=1_000_000, help="how many inputs it tries at most (%(default)s)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32), help="random by default")
    parser.add_argument("--first", type=int, default=0, help="the number of the first input, to have one again")
    options = parser.parse_args(arguments)
    print(f"seed {options.seed}")
    end = time.monotonic() + options.seconds
    endings: Counter[str] = Counter()
    found = 0
    with Watchdog(prepare) as watchdog:
        for number in range(options.first, options.first + options.count):
            if time.monotonic() >= end:
                break
            given = Input(options.seed, number)
            ended = _try(watchdog, given)
            found += not _is_documented(ended)
            endings[ended.partition(":")[0]] += 1
    print(f"{endings.total()} inputs: {', '.join(f'{count} {ending}' for ending, count in endings.most_common())}")
    return 1 if found else 0


def _try(watchdog: Watchdog[Input, str], given: Input) -> str:
    """Try one input; keep it if it is a finding."""
    answer = watchdog.ask(given, PATIENCE)
    ended = f"the process: {answer.reason}" if isinstance(answer, Death) else answer
    if not _is_documented(ended):
        FOUND.mkdir(parents=True, exist_ok=True)
        given.file.write_bytes(given.make(sources()))
        print(f"{given.file}: {ended}\n  again: mutate --seed {given.seed} --first {given.number} --count 1")
    return ended


def _is_documented(ended: str) -> bool:
    return ended == "ran" or ":" not in ended
