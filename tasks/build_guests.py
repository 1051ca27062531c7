"""Builds every plugin of the repository with the SDK, in a process of its own.

The SDK is a wheel that this run may only just have installed, so nothing here imports it before `main` runs as
`python -m tasks.build_guests`; `build_guests` starts that and reads what it prints.
"""

import fnmatch
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasks.build_artifact import ROOT, Artifact

BUILD = ROOT / "build"
WORK = BUILD / ".work"

# Output folder in build/ to where its plugins' projects lie, and what they are built into. Native libraries lie apart,
# since an application that lists a folder's plugins would find each twice.
_PROJECTS = {
    "plugins": ("sdk-guests/plugins/*/*", ("wasm",)),
    "plugins-native": ("sdk-guests/plugins/*/*", ("native",)),
    "benchmarks": ("benchmarks/guests/*", ("wasm", "native", "march-native")),
    "guests": ("tests/guests/*/*", ("wasm",)),
    "guests-native": ("tests/guests/*/*", ("native",)),
    "hostile": ("tests/hostile/*", ("wasm",)),
}


@dataclass(frozen=True, slots=True)
class Guests:
    """What became of the plugins.

    Attributes:
        artifacts: Those that are built.
        failures: Why others are not, as the SDK's JSON says it.
        exit_code: 0 if all are built.
    """

    artifacts: list[Artifact]
    failures: list[dict[str, Any]]
    exit_code: int


def build_guests(pattern: str) -> Guests:
    """Build the plugins that match a pattern.

    Args:
        pattern: `<name>-<language>` with `*` and `?`.

    Raises:
        SystemExit: The SDK could not even start.
    """
    finished = subprocess.run(
        [sys.executable, "-m", "tasks.build_guests", pattern], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    if not finished.stdout:
        sys.exit(finished.returncode or 1)
    result = json.loads(finished.stdout)
    return Guests([_artifact(built) for built in result["artifacts"]], result["failures"], finished.returncode)


def _artifact(built: dict[str, Any]) -> Artifact:
    return Artifact(Path(built["path"]), built["size"], built["sha256"], built["seconds"], built["fresh"])


def main() -> None:
    """Build and print the SDK's JSON."""
    from componium_sdk import (  # noqa: PLC0415 - see the top
        Kind,
        Language,
        Progress,
        SdkError,
        Task,
        build_all,
        describe,
        load_project,
    )

    def matches(folder: Path, kind: Kind) -> bool:
        try:
            project = load_project(folder)
        except SdkError:
            return True  # it fails with its reason below
        has_kind = kind is Kind.WASM or project.language is not Language.PYTHON
        return has_kind and fnmatch.fnmatchcase(project.title, sys.argv[1])

    tasks = [
        Task(manifest.parent, BUILD / output, kind)
        for output, (projects, kinds) in _PROJECTS.items()
        for manifest in sorted(ROOT.glob(f"{projects}/componium.toml"))
        for kind in map(Kind, kinds)
        if matches(manifest.parent, kind)
    ]
    if not tasks:
        sys.exit(f"no plugin matches {sys.argv[1]!r}")
    with Progress() as progress:
        outcome = build_all(tasks, work=WORK, listener=progress)
    print(json.dumps(describe(outcome)))
    sys.exit(outcome.failures[0].error.exit_code if outcome.failures else 0)


if __name__ == "__main__":
    main()
