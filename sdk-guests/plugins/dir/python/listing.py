"""Reading a folder through WASI."""

import os
from dataclasses import dataclass

import paths


@dataclass(frozen=True)
class Entry:
    """One name in a folder.

    A link counts as what it leads to; one that leads nowhere, or out of the grant, as a file.
    """

    name: str
    is_folder: bool


class ListingError(Exception):
    """Why a folder could not be listed, in words for the user."""


def list_folder(folder: str) -> list[Entry]:
    """Return the entries of a folder, sorted by the bytes of their names.

    Raises:
        ListingError: nothing is granted, or `folder` is missing, not a folder, or cannot be read.
    """
    check(folder)
    try:
        names = os.listdir(folder)  # noqa: PTH208 - pathlib would triple the imports that the component carries
    except OSError as error:
        raise ListingError(f"cannot list folder: '{folder}'") from error
    # Code points sort as their UTF-8 bytes do.
    return [Entry(name, os.path.isdir(paths.join(folder, name))) for name in sorted(names)]  # noqa: PTH112 - as above


def check(folder: str) -> None:
    """Raise ListingError unless `folder` is one."""
    if not os.path.isdir("/"):  # noqa: PTH112 - as above
        raise ListingError("no folder is granted: ask the application for one")
    if os.path.isdir(folder):  # noqa: PTH112 - as above
        return
    if os.path.exists(folder):  # noqa: PTH110 - as above
        raise ListingError(f"not a folder: '{folder}'")
    raise ListingError(f"no such folder: '{folder}'")
