"""Runs one attack and judges how it ended."""

import contextlib
import operator
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import componium

from .application import Application, Launcher
from .case import Case
from .guest import BUILD, BUILT, binary, built
from .memory import Peak
from .scene import Scene, Swapping

WITNESS = """
(component
  (core module $guest (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
  (core instance $guest (instantiate $guest))
  (func (export "add") (param "a" s32) (param "b" s32) (result s32) (canon lift (core func $guest "add"))))
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attack ended.

    Attributes:
        case: The attack's name.
        ended: The class of the error, or what the guest answered.
        seconds: What it took, loading and instantiating included.
        growth: By how many MiB the process grew at most.
        problems: Why it does not count as contained; nothing if it does.
    """

    case: str
    ended: str
    seconds: float
    growth: float
    problems: tuple[str, ...]

    @property
    def contained(self) -> bool:
        """Whether the attack ended as documented, without harm."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Ending:
    """What an attack came to.

    Attributes:
        when: As in `Case`.
        error: What was raised, if anything was.
        answer: What was returned otherwise.
        instance: The instance that was attacked in, if it came to that.
    """

    when: str
    error: BaseException | None
    answer: object
    instance: componium.Instance | None


class Arena:
    """Where attacks take place: a process with good plugins, which must not notice any of them."""

    def __init__(self) -> None:
        """Load the good plugins."""
        echo = built(BUILD / "plugins" / "echo-rust.wasm")
        self._folder = tempfile.TemporaryDirectory(prefix="hostile-")
        os.environ["COMPONIUM_CACHE_DIR"] = str(Path(self._folder.name, "cache"))
        self._witness = componium.load(componium.toolchain.parse_text(WITNESS), name="witness")
        self._bystander = self._witness.instantiate()
        self._echo = componium.load(echo, name="echo")

    def run(self, case: Case) -> Outcome:
        """Run an attack.

        Args:
            case: The attack.

        Returns:
            How it ended.
        """
        scene = Scene(Path(self._folder.name, "scene"))
        if case.stdout == "full":
            _fill_stdout()
        wasm = binary(case)
        peak, began = Peak(), time.perf_counter()
        with Swapping(scene.granted) if case.call.startswith("race") else contextlib.nullcontext():
            ending = attack(case, wasm, scene)
        seconds, growth = time.perf_counter() - began, peak.growth()
        problems = [
            *_judge(case, ending),
            *([f"it took more than {case.seconds:g} s"] if seconds > case.seconds else []),
            *([f"it took more than {case.growth} MiB"] if growth > case.growth else []),
            *(f"outside of its folder it changed {path}" for path in scene.damage(writable=case.grant == "write")),
            *self._check_others(),
        ]
        ended = repr(ending.answer) if ending.error is None else type(ending.error).__name__
        return Outcome(case.name, ended, seconds, growth, tuple(problems))

    def _check_others(self) -> list[str]:
        """Return what is wrong with the good plugins."""
        problems = []
        if self._bystander.add(1, 2) != 3:
            problems.append("an instance beside it gives a wrong answer")
        with self._witness.instantiate() as fresh:
            if fresh.add(-1, 2) != 1:
                problems.append("a plugin that is started after it gives a wrong answer")
        with self._echo.instantiate({"host": Launcher()}) as echo:
            if [item.name for item in echo.runner.handle(">hello")] != ["hello"]:
                problems.append("the reference plugin gives a wrong answer")
        return problems


def attack(case: Case, wasm: bytes, scene: Scene) -> Ending:
    """Load, instantiate and call a guest.

    Args:
        case: What it is called with.
        wasm: The guest.
        scene: What it may be granted.

    Returns:
        Where and how that ended.
    """
    when = "load"
    instance = None
    try:
        component = componium.load(wasm, name=case.name, cache=case.guest in BUILT)
        when = "start"
        grants = [componium.Folder(scene.granted, write=case.grant == "write")] if case.grant else []
        application = Application(component, {"deadline": case.deadline, "memory": case.memory})
        instance = application.instantiate(grants=grants, environment=case.environment)
        when = "call"
        answer = operator.attrgetter(case.call.replace("-", "_"))(instance)(*case.arguments)
        if case.when == "drop":
            when = "drop"
            for handle in answer if isinstance(answer, list) else [answer]:
                handle.drop()
    except BaseException as error:  # noqa: BLE001  # whatever comes out is what is judged
        return Ending(when, error, None, instance)
    return Ending(when, None, answer, instance)


def _judge(case: Case, ending: Ending) -> list[str]:
    """Return in what the attack did not end as documented."""
    if case.error is None:
        if ending.error is not None:
            return [f"it should have answered {case.answer!r}: {_told(ending.error)}"]
        return [] if ending.answer == case.answer else [f"it should have answered {case.answer!r}"]
    if ending.error is None:
        return [f"it should have ended in {case.error}"]
    if type(ending.error) is not getattr(componium, case.error) or case.says not in str(ending.error):
        return [f"it should have ended in {case.error}: {case.says}: {_told(ending.error)}"]
    if ending.when != case.when:
        return [f"it should have ended at {case.when}, not at {ending.when}"]
    problems = []
    if any(not (character.isprintable() or character in "\n\t") for character in _shown(ending.error)):
        problems.append("its error would control a terminal")
    if ending.instance is not None and ending.instance.running:
        problems.append(f"its instance runs after {case.error}")
    return problems


def _shown(error: BaseException) -> str:
    """Return all that a terminal may be shown of an error."""
    frames = error.frames if isinstance(error, componium.Trap) else ()
    return "\n".join([str(error), *getattr(error, "__notes__", ()), *map(str, (frame.function for frame in frames))])


def _fill_stdout() -> None:
    """Make standard output a pipe that nobody reads."""
    _, end = os.pipe()
    os.set_blocking(end, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(end, bytes(1 << 16))
    os.set_blocking(end, True)
    os.dup2(end, 1)


def _told(error: BaseException) -> str:
    """Return an error with its class, in a line that is not too long."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"


def prepare() -> Callable[[Case], Outcome]:
    """Make an arena and return how attacks are run in it; what a watchdog's process is prepared with."""
    os.environ["COMPONIUM_HOSTILE_SECRET"] = "nobody granted this"  # noqa: S105  # not a password
    return Arena().run
