"""Prints what became of the attacks."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from rich.console import Console
from rich.text import Text

from .attack import Outcome

_ENDED = 44


def print_lines(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Print a line for each attack as it ends, then the sum; in colours where a terminal shows them.

    Args:
        outcomes: How the attacks ended.

    Returns:
        The outcomes.
    """
    console = Console(highlight=False, soft_wrap=True)
    done = list(_told(outcomes, console))
    contained = sum(outcome.contained for outcome in done)
    style = "bold green" if contained == len(done) else "bold red"
    console.print(Text(f"\n{contained} of {len(done)} attacks contained", style))
    return done


def _told(outcomes: Iterable[Outcome], console: Console) -> Iterator[Outcome]:
    for outcome in outcomes:
        line = Text()
        line.append("contained  " if outcome.contained else "ESCAPED    ", "green" if outcome.contained else "bold red")
        line.append(f"{outcome.case:30} {_short(outcome.ended):{_ENDED}} ")
        line.append(f"{outcome.seconds * 1000:6.0f} ms  {outcome.growth:+6.0f} MiB", "dim")
        console.print(line)
        for problem in outcome.problems:
            console.print(Text(f"           {problem}", "red"))
        yield outcome


def _short(text: str) -> str:
    return text if len(text) <= _ENDED else f"{text[: _ENDED - 3]}..."


def print_json(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Print all outcomes as one JSON document.

    Args:
        outcomes: How the attacks ended.

    Returns:
        The outcomes.
    """
    done = list(outcomes)
    listed = [{**asdict(outcome), "contained": outcome.contained} for outcome in done]
    print(json.dumps({"contained": all(outcome.contained for outcome in done), "attacks": listed}, indent=2))
    return done
