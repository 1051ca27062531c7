"""Lists the folder that the application grants.

What it was not granted does not exist for it: the sandbox, not this code, keeps it in.
"""

import paths
from listing import Entry, ListingError, list_folder
from wit_world import exports
from wit_world.exports.runner import ActionItem

TRIGGER = "/"


class Runner(exports.Runner):
    """The contract's interface `runner`."""

    def get_trigger(self) -> str:
        """Return what a query for this plugin starts with."""
        return TRIGGER

    def handle(self, input: str) -> list[ActionItem]:  # noqa: A002 - the contract names it
        """Answer a query, trigger included, with the entries of the folder that it names."""
        if not input.startswith(TRIGGER):
            return []
        return answer(input.removeprefix(TRIGGER))


def answer(text: str) -> list[ActionItem]:
    """Return one item for each entry of a folder, or one that says why there are none."""
    folder = paths.normalize(text)
    try:
        return [item(folder, entry) for entry in list_folder(folder)]
    except ListingError as error:
        return [ActionItem(name=str(error), exec="", keywords="error")]


def item(folder: str, entry: Entry) -> ActionItem:
    """Return the item for one entry of a folder."""
    path = paths.join(folder, entry.name)
    if entry.is_folder:
        return ActionItem(name=f"{entry.name}/", exec=path, keywords="folder")
    return ActionItem(name=entry.name, exec=path, keywords="file")
