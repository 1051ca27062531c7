"""The attacks: what cases.toml says of each."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent
TABLE = HERE / "cases.toml"

DEADLINE = 0.2
SECONDS = 5.0
MEMORY = 64 << 20
GROWTH = 128


@dataclass(frozen=True, slots=True)
class Fill:
    """What stands in a guest's text for a name in braces.

    Attributes:
        text: The text; `{index}` in it counts from 0.
        times: How often it is repeated.
    """

    text: str
    times: int

    def __str__(self) -> str:
        if "{index}" not in self.text:
            return self.text * self.times
        return "".join(self.text.replace("{index}", str(index)) for index in range(self.times))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One attack, and how it must end: in an error, or, where it does no harm, with an answer.

    Attributes:
        name: The attack's name.
        tries: One sentence on what the guest tries.
        guest: `c` or `rust` for the guest that is built from that folder, else the text file's name, without `.wat`.
        fill: What stands in the text for names in braces.
        wrap: How many components are put around it, each around the one before.
        cut: How many bytes of the binary are left, if it is truncated.
        call: The function that is called.
        arguments: What it is called with.
        grant: How the guest gets the folder of scene.py, if it does.
        stdout: Where its standard output goes: nowhere, or into a pipe that is full and that nobody reads.
        environment: The environment that the guest gets.
        deadline: Seconds that it gets.
        memory: Bytes of memory that it gets.
        when: When it ends: while the component is loaded or instantiated, in the call, or when the host drops the
            handle that the call returned.
        error: The class of the error that it ends in.
        says: A part of the error's message.
        answer: What the function returns otherwise; what the guest was told, mostly.
        seconds: Within which it must end.
        growth: By how many MiB the process may grow at most.
    """

    name: str
    tries: str
    guest: str
    fill: dict[str, Fill] = field(default_factory=dict)
    wrap: int = 0
    cut: int | None = None
    call: str = "run"
    arguments: tuple[Any, ...] = ()
    grant: Literal["read", "write"] | None = None
    stdout: Literal["nowhere", "full"] = "nowhere"
    environment: dict[str, str] = field(default_factory=dict)
    deadline: float = DEADLINE
    memory: int = MEMORY
    when: Literal["load", "start", "call", "drop"] = "call"
    error: str | None = None
    says: str = ""
    answer: Any = None
    seconds: float = SECONDS
    growth: int = GROWTH


def read_cases(file: Path = TABLE) -> list[Case]:
    """Read the attacks of a table.

    Args:
        file: The table.

    Raises:
        TypeError: An entry has a key that `Case` does not have, or misses one.
        ValueError: An entry says both how it fails and what it answers.
    """
    cases = []
    for name, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
        if "error" in entry and "answer" in entry:
            raise ValueError(f"{file.name}: {name} cannot both fail and answer")
        fills = {place: Fill(**fill) for place, fill in entry.pop("fill", {}).items()}
        arguments = tuple(entry.pop("arguments", ()))
        cases.append(Case(**{"name": name, "guest": name, **entry, "fill": fills, "arguments": arguments}))
    return cases
