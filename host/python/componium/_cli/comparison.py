"""What `componium parity` and `componium replay` share: options, reports, exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from componium import parity
from componium._cli.failure import Failure
from componium._contract import Contract
from componium._errors import Error
from componium._grants import Folder

if TYPE_CHECKING:
    from componium.parity import Report, Rules

DIFFERENT, CANNOT_RUN = 1, 3
"""Exit codes."""

EXIT_CODES = """\

\b
Exit codes:
  0  equal
  1  different
  2  the command line is wrong
  3  it cannot run; standard error says why, and what to do
"""

FILE = click.Path(dir_okay=False, path_type=Path)
Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--contract", type=click.Path(exists=True), help="The WIT to implement; Python plugins need it."),
    click.option("--world", help="The world of --contract, where the package has several."),
    click.option(
        "--tolerance", metavar="TYPE=NUMBER", multiple=True, help="How far numbers may lie apart, such as f64=1e-9."
    ),
    click.option(
        "--nondeterministic", metavar="FUNCTION", multiple=True, help="A function whose values are not compared."
    ),
    click.option(
        "--grant",
        "grants",
        metavar="FOLDER",
        multiple=True,
        type=click.Path(exists=True, file_okay=False),
        help="A folder that plugins may read at /.",
    ),
    click.option(
        "--worker", is_flag=True, help="Run native and Python plugins in processes of their own, which may crash."
    ),
    click.option("--trust", is_flag=True, help="Run plugins that no sandbox contains: native and Python ones."),
    click.option("--json", "json_file", type=FILE, help="Write the report as JSON too."),
    click.option("--html", "html_file", type=FILE, help="Write the report as a page too."),
)


def comparison_options(command: Command) -> Command:
    """Add the options that both commands have."""
    return reduce(lambda each, option: option(each), reversed(_OPTIONS), command)


class CannotRun(Failure):
    """Ends the command with the exit code that says that nothing was compared."""

    exit_code = CANNOT_RUN


@contextmanager
def reporting_failures() -> Iterator[None]:
    """Turn what a person can act on into a message: wrong names and numbers are the command line's fault."""
    try:
        yield
    except ValueError as error:
        if isinstance(error, Error):
            raise CannotRun(str(error)) from error
        raise click.UsageError(str(error)) from error
    except (Error, ModuleNotFoundError) as error:
        raise CannotRun(str(error)) from error
    except OSError as error:
        raise CannotRun(f"{error.filename}: {error.strerror}" if error.filename else str(error)) from error


def shared_arguments(  # noqa: PLR0913  # an option each
    contract: str | None,
    world: str | None,
    tolerance: tuple[str, ...],
    nondeterministic: tuple[str, ...],
    grants: tuple[str, ...],
    *,
    worker: bool,
    trust: bool,
) -> dict[str, Any]:
    """Return what the options of `comparison_options` say, as arguments of `parity.compare` and `replay`."""
    default = _default_rules(tolerance)
    return {
        "contract": _read_contract(contract, world),
        "rules": {name: parity.Rules(default.tolerance, nondeterministic=True) for name in nondeterministic},
        "default": default,
        "trust": trust,
        **_instance_options(grants, worker=worker),
    }


def _default_rules(tolerance: tuple[str, ...]) -> Rules:
    """Read `--tolerance`."""
    found = {}
    for each in tolerance:
        name, _, number = each.partition("=")
        try:
            found[name] = float(number)
        except ValueError:
            raise click.BadParameter(
                f"{each!r} is not TYPE=NUMBER, such as f64=1e-9", param_hint="--tolerance"
            ) from None
    return parity.Rules(found)


def _read_contract(path: str | None, world: str | None) -> Contract | None:
    """Read `--contract` and `--world`."""
    if path is None and world is not None:
        raise click.UsageError("--world chooses among the worlds of --contract: give that too.")
    return None if path is None else Contract(path, world)


def _instance_options(grants: tuple[str, ...], *, worker: bool) -> dict[str, Any]:
    """Read what instances are given."""
    given = {"grants": [Folder(folder) for folder in grants]} if grants else {}
    return {**given, "worker": True} if worker else given


def finish(report: Report, json_file: Path | None, html_file: Path | None) -> None:
    """Write a report, and end the command with the exit code that it calls for."""
    if json_file is not None:
        json_file.write_text(parity.to_json(report), encoding="utf-8")
    if html_file is not None:
        html_file.write_text(parity.to_html(report), encoding="utf-8")
    click.echo(parity.to_text(report), nl=False)
    sys.exit(0 if report.equal else DIFFERENT)
