"""Says everything louder."""

from wit_world.exports.runner import ActionItem
from wit_world.imports import host


class Runner:
    """The interface `componium:launcher/runner`."""

    def get_trigger(self) -> str:
        """Queries that start with an exclamation mark are for this plugin."""
        return "!"

    def handle(self, query: str) -> list[ActionItem]:
        """Answer with the text in capitals, as often as the user's setting says."""
        if not query.startswith("!"):
            return []
        times = int(host.get_user_config("times") or "1")
        text = " ".join([query[1:].upper()] * times)
        host.log(host.Level.INFO, f"shouting {text}")
        return [ActionItem(name=text, exec=text, keywords="loud")]
