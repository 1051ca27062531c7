"""The command line: `python -m componium_sdk`, or `componium-sdk`."""

import json
import sys
from pathlib import Path

import click

from componium_sdk import _tools
from componium_sdk._batch import Task, build_all
from componium_sdk._build import WORK_FOLDER
from componium_sdk._console import Progress, print_error, print_outcome
from componium_sdk._description import describe
from componium_sdk._errors import SdkError
from componium_sdk._kind import Kind
from componium_sdk._rust._target import prepare_target

_BUILD_HELP = """\
Build plugins, each into OUTPUT/<name>-<language>.wasm, where anything has changed since the last time.

PROJECT is a folder with a componium.toml.

With --native, a plugin in Rust or C also becomes a shared library of this machine, such as
OUTPUT/<name>-<language>.linux-x86_64.so: faster, and outside the sandbox, so that an application must trust it.

\b
Examples:
  python -m componium_sdk build . --output dist
  python -m componium_sdk build plugins/* --output build --json
  python -m componium_sdk build . --output dist --native
  python -m componium_sdk build . --output dist --no-wasm --march-native

\b
Exit codes:
  0  every artifact is up to date
  1  a compiler found an error in a plugin
  2  the command line is wrong
  3  a componium.toml is missing or wrong
  4  a tool is missing
"""

_TOOLCHAIN_HELP = """\
Get the compilers ready and show them.

Only Rust may need anything: its standard library for WebAssembly, which comes with rustup, or is built once from the
sources that a Linux distribution packages.

\b
Example:
  python -m componium_sdk toolchain
"""


@click.group()
@click.version_option(package_name="componium-sdk", prog_name="componium-sdk")
def main() -> None:
    """Build WebAssembly component plugins for Componium from Rust, C and Python."""


@main.command(name="build", help=_BUILD_HELP)
@click.argument("projects", metavar="PROJECT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--output", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for artifacts.")
@click.option(
    "--work",
    type=click.Path(path_type=Path, file_okay=False),
    help=f"Folder for what lies in between; {WORK_FOLDER} in the output folder by default.",
)
@click.option("--wasm/--no-wasm", default=True, help="Build components, as by default.")
@click.option("--native", is_flag=True, help="Build shared libraries for this system and processor family.")
@click.option("--march-native", is_flag=True, help="Build shared libraries for the very processor of this machine.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON to standard output.")
def build_command(  # noqa: PLR0913 - one for each option
    projects: tuple[Path, ...],
    output: Path,
    work: Path | None,
    *,
    wasm: bool,
    native: bool,
    march_native: bool,
    as_json: bool,
) -> None:
    """Build plugins."""
    wanted = {Kind.WASM: wasm, Kind.NATIVE: native, Kind.MARCH_NATIVE: march_native}
    kinds = [kind for kind, is_wanted in wanted.items() if is_wanted]
    if not kinds:
        raise click.UsageError("--no-wasm leaves nothing to build: add --native or --march-native.")
    tasks = [Task(project, output, kind) for project in projects for kind in kinds]
    with Progress() as progress:
        outcome = build_all(tasks, work=work or output / WORK_FOLDER, listener=progress)
    if as_json:
        click.echo(json.dumps(describe(outcome), indent=2))
    else:
        print_outcome(outcome)
    if outcome.failures:
        sys.exit(outcome.failures[0].error.exit_code)


@main.command(name="toolchain", help=_TOOLCHAIN_HELP)
def toolchain_command() -> None:
    """Get the compilers ready and show them."""
    try:
        target = prepare_target(Path.cwd(), lambda line: click.echo(line, err=True))
        click.echo(f"rust    {target.compiler.path}: {target.identity}")
        click.echo(f"c       {_tools.zig_executable()}: zig {_tools.version('ziglang')}")
        click.echo(f"python  componentize-py {_tools.version('componentize-py')}")
    except SdkError as error:
        print_error(error)
        sys.exit(error.exit_code)
