"""Builds everything that runs: `python -m tasks.build`, from the root, in an environment with the group `build`.

First both wheels, into dist/ and into the running environment; then, with them, every plugin. What has not changed is
not built again. Ends with a table of all artifacts, or with `--json` on standard output.
"""

import argparse
import json
import sys
from dataclasses import asdict

from tasks.build_artifact import ROOT, Artifact, print_table
from tasks.build_guests import build_guests
from tasks.build_wheels import build_wheels

_EPILOG = """\
examples:
  python -m tasks.build
  python -m tasks.build --only 'calc-*' --json
"""


def main() -> None:
    """Build, report, and end with 0 only if every artifact is there."""
    arguments = _arguments()
    wheels = build_wheels()
    guests = build_guests(arguments.only)
    artifacts = [*wheels, *guests.artifacts]
    if arguments.json:
        print(json.dumps({"artifacts": [_describe(artifact) for artifact in artifacts], "failures": guests.failures}))
    else:
        print_table(artifacts)
    for failure in guests.failures:
        print(f"FAILED {failure['title']}: {failure['headline']}", file=sys.stderr)
    sys.exit(guests.exit_code)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tasks.build",
        description="Build both wheels and every plugin; only what has changed.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON to standard output")
    parser.add_argument(
        "--only", metavar="PATTERN", default="*", help="plugins to build, as <name>-<language> with * and ?"
    )
    return parser.parse_args()


def _describe(artifact: Artifact) -> dict[str, object]:
    return {**asdict(artifact), "path": artifact.path.relative_to(ROOT).as_posix()}


if __name__ == "__main__":
    main()
