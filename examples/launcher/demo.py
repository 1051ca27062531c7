"""The main job, end to end: find plugins, ask them, and survive three faults.

python examples/launcher/demo.py build/plugins --faulty build/guests/faulty-c.wasm
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import componium
from launcher import Launcher

if TYPE_CHECKING:
    from collections.abc import Iterable

    from launcher import Answer

QUERIES = (">hello", "=2+2", "=(1 + 2) * 3 ^ 2 / sqrt(16)", "=1 / 0", "=2 +", "/")

#: What the faulty plugin is asked, what it then does, and the error that ends it; None where it is told no and goes on.
FAULTS: tuple[tuple[str, str, type[componium.Error] | None], ...] = (
    ("!loop", "loops without end", componium.DeadlineExceeded),
    ("!trap", "executes an instruction that traps", componium.Trap),
    ("!open /etc/passwd", "opens a file that was not granted", None),
)


def main() -> int:
    """Run the demo.

    Returns:
        0 if every plugin answered and every fault was contained, 1 otherwise.
    """
    arguments = _arguments()
    launcher = Launcher(deadline=arguments.deadline)
    complete = start(launcher, arguments.folder, arguments.grant)
    answered = ask(launcher, arguments.query or QUERIES)
    silent = sorted({plugin.name for plugin in launcher.plugins} - answered)
    contained = contain(launcher, arguments.faulty) if arguments.faulty else None
    launcher.close()
    print(f"\n{len(answered)} plugins answered{f', {len(silent)} did not: ' + ', '.join(silent) if silent else ''}.")
    if contained is not None:
        print(f"{contained} of {len(FAULTS)} faults were contained.")
    return 0 if complete and answered and not silent and contained in {None, len(FAULTS)} else 1


def start(launcher: Launcher, folder: Path, granted: Path) -> bool:
    """Start every plugin of a folder.

    Args:
        launcher: Where to.
        folder: The plugins.
        granted: The folder that the plugins named `dir-...` may read.

    Returns:
        Whether all of them could be started.
    """
    print(f"Loading the plugins in {folder} (one that is new to this machine is compiled first):")
    found = launcher.discover(folder, progress=lambda path: print(f"  {path.name}", flush=True))
    print("\nStarting them:")
    for path, error in found.rejected.items():
        print(f"  {path.name}: rejected: {error}")
    for path, component in found.components.items():
        before = time.perf_counter()
        grants = [componium.Folder(granted)] if path.name.startswith("dir-") else []
        plugin = launcher.add(component, *grants)
        milliseconds = 1000 * (time.perf_counter() - before)
        size = path.stat().st_size
        print(f"  {plugin.name:12}  trigger {plugin.trigger}  {size:>10,} bytes  started in {milliseconds:5.1f} ms")
    return not found.rejected


def ask(launcher: Launcher, queries: Iterable[str]) -> set[str]:
    """Ask each query and print the answers; return the names of the plugins that gave one."""
    answered: set[str] = set()
    for query in queries:
        print(f"\n{query}")
        for answer in launcher.handle(query):
            show(answer)
            if answer.error is None:
                answered.add(answer.plugin)
    return answered


def show(answer: Answer) -> None:
    """Print the items of one plugin, or why there are none."""
    if answer.error is not None:
        print(f"  {answer.plugin:12}  {type(answer.error).__name__}: {answer.error}")
    for item in answer.items:
        print(f"  {answer.plugin:12}  {item.name}")


def contain(launcher: Launcher, faulty: Path) -> int:
    """Have a plugin misbehave in each way; return how often it was contained and all others still answered."""
    print(f"\nFaults, by {faulty}:")
    plugin = launcher.add(componium.load(faulty))
    others = [other for other in launcher.plugins if other is not plugin]
    triggers = {other.trigger for other in others}
    contained = 0
    for query, what, expected in FAULTS:
        before = time.perf_counter()
        (answer,) = launcher.handle(query)
        seconds = time.perf_counter() - before
        alive = sum(answer.error is None for trigger in triggers for answer in launcher.handle(trigger))
        print(f"\n{query}: the guest {what}")
        show(answer)
        print(f"  after {seconds:.2f} s; {alive} of {len(others)} other plugins still answer")
        refused = any(item.keywords == "error" for item in answer.items)
        ended = refused if expected is None else isinstance(answer.error, expected)
        contained += ended and alive == len(others)
    return contained


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the plugins are")
    parser.add_argument("query", nargs="*", help="what to ask instead of the demo's own queries")
    parser.add_argument("--deadline", type=float, default=1.0, metavar="SECONDS", help="for one answer (default: 1)")
    parser.add_argument("--faulty", type=Path, metavar="FILE", help="a plugin that misbehaves when asked to")
    parser.add_argument(
        "--grant",
        type=Path,
        default=Path(__file__).parent,
        metavar="FOLDER",
        help="what the plugins named dir-... may read (default: the demo's own folder)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
