"""The smallest useful plugin: it answers every query with its own text, calling the application twice on the way."""

from wit_world import exports
from wit_world.exports.runner import ActionItem
from wit_world.imports import host

TRIGGER = ">"


class Runner(exports.Runner):
    """The contract's interface `runner`."""

    def get_trigger(self) -> str:
        """Return what a query for this plugin starts with."""
        return TRIGGER

    def handle(self, input: str) -> list[ActionItem]:  # noqa: A002 - the contract names it
        """Answer a query, trigger included, with its own text."""
        if not input.startswith(TRIGGER):
            return []
        return [echo(input.removeprefix(TRIGGER))]


def echo(text: str) -> ActionItem:
    """Return the item for a query's text, with the user's prefix in front of its name."""
    host.log(host.Level.DEBUG, f"echo: {len(text.encode())} bytes")
    prefix = host.get_user_config("prefix") or ""
    return ActionItem(name=prefix + text, exec=text, keywords="echo")
