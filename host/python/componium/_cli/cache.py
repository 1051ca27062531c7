"""`componium cache`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from componium import _native
from componium._cli.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_HELP = """\
Show and manage the compiled code that is kept on disk.

COMPONIUM_CACHE_DIR names another folder than the platform's, COMPONIUM_CACHE_SIZE how large it may grow (1G by
default, 0 to keep nothing); what was not used for longest makes room.

\b
Examples:
  componium cache list
  componium cache list --json | jq '.entries[].plugin'
  componium cache verify
  componium cache clear
  du -sh "$(componium cache path)"
"""

UNITS = ("B", "KiB", "MiB", "GiB")


@click.group(help=_HELP, short_help="Show and manage the compiled code that is kept on disk.")
def cache() -> None:
    """Run a subcommand."""


def _json(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


@cache.command("path")
@_json
def path(*, as_json: bool) -> None:
    """Print the folder, whether or not it can be used.

    \b
    Examples:
      componium cache path
    """  # noqa: D301  # \b is Click's mark for lines that stay as they are
    location = _native.Cache.location()
    if location is None:
        raise Failure("this user has no folder for caches: name one with COMPONIUM_CACHE_DIR")
    _print({"path": str(location)}, str(location), as_json=as_json)


@cache.command("list")
@_json
def list_entries(*, as_json: bool) -> None:
    """List the entries: size, last use, plugin, file.

    The last use is known to the hour.

    \b
    Examples:
      componium cache list
      componium cache list --json
    """  # noqa: D301  # as above
    found, limit = _native.Cache().entries(), _native.Cache.limit()
    entries = [
        {"file": str(file), "plugin": plugin, "size": size, "used": datetime.fromtimestamp(used, UTC).isoformat()}
        for file, plugin, size, used in found
    ]
    total = sum(size for _, _, size, _ in found)
    lines = [
        f"{_amount(size):>9}  {datetime.fromtimestamp(used, UTC):%Y-%m-%d %H:%M}  {_title(plugin)}  {_faint(file.name)}"
        for file, plugin, size, used in found
    ]
    lines.append(f"{_amount(total):>9}  {_count(len(found))}; at most {_amount(limit)}")
    _print({"entries": entries, "size": total, "limit": limit}, "\n".join(lines), as_json=as_json)


@cache.command("verify")
@_json
def verify(*, as_json: bool) -> None:
    """Check every entry as a load would.

    The exit code is 1 if one is not sound: its plugin is compiled again by the next load.

    \b
    Examples:
      componium cache verify
    """  # noqa: D301  # as above
    checked = _native.Cache().verify()
    entries = [{"file": str(file), "plugin": plugin, "problem": problem} for file, plugin, problem in checked]
    lines = [
        f"{click.style('unsound', fg='red', bold=True)}  {_title(plugin)}: {problem} {_faint(file)}"
        for file, plugin, problem in checked
        if problem
    ]
    sound = len(checked) - len(lines)
    _print({"entries": entries}, "\n".join([*lines, f"{_count(sound)} sound"]), as_json=as_json)
    if lines:
        raise Failure(f"{_count(len(lines))} not sound; run `componium cache clear` to remove all")


@cache.command("clear")
@_json
def clear(*, as_json: bool) -> None:
    """Remove all entries; plugins that run go on.

    \b
    Examples:
      componium cache clear
    """  # noqa: D301  # as above
    count, size = _native.Cache().clear()
    _print({"entries": count, "size": size}, f"removed {_count(count)}, {_amount(size)}", as_json=as_json)


def _print(data: dict[str, Any], text: str, *, as_json: bool) -> None:
    """Print a result for a program or a person."""
    click.echo(json.dumps(data, indent=2) if as_json else text)


def _amount(size: float) -> str:
    """Write a number of bytes as people do."""
    for unit in UNITS:
        if size < 1024 or unit == UNITS[-1]:  # noqa: PLR2004  # what the units are made of
            break
        size /= 1024
    return f"{size:.0f} {unit}" if unit == UNITS[0] else f"{size:.1f} {unit}"


def _count(entries: int) -> str:
    return "1 entry" if entries == 1 else f"{entries} entries"


def _title(plugin: str | None) -> str:
    """Name a plugin, without anything in its name that a terminal would obey."""
    return "?" if plugin is None else "".join(letter if letter.isprintable() else "?" for letter in plugin)


def _faint(file: Path | str) -> str:
    return click.style(str(file), dim=True)
