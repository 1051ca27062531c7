"""Evaluates arithmetic: `=2+2` answers `2+2 = 4`."""

from expression import evaluate
from problems import ProblemError
from tokens import SPACES
from wit_world import exports
from wit_world.exports.runner import ActionItem

TRIGGER = "="


class Runner(exports.Runner):
    """The contract's interface `runner`."""

    def get_trigger(self) -> str:
        """Return what a query for this plugin starts with."""
        return TRIGGER

    def handle(self, input: str) -> list[ActionItem]:  # noqa: A002 - the contract names it
        """Answer a query, trigger included, with the value of its expression."""
        if not input.startswith(TRIGGER):
            return []
        return [answer(input.removeprefix(TRIGGER))]


def answer(text: str) -> ActionItem:
    """Return the item for an expression: its value, or what is wrong with it."""
    try:
        result = format_number(evaluate(text))
    except ProblemError as problem:
        return ActionItem(name=str(problem), exec="", keywords="error")
    return ActionItem(name=f"{text.strip(SPACES)} = {result}", exec=result, keywords="calculator")


def format_number(value: float) -> str:
    """Return 15 significant digits without trailing zeros, as C's `%.15g` does; zero has no sign."""
    return f"{value or 0.0:.15g}"
