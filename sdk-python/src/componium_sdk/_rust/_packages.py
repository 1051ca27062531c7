"""Debian's and Ubuntu's packages of a Rust compiler with sources."""

import os
import re
import shutil
import sys
from pathlib import Path

from componium_sdk._errors import MissingToolError
from componium_sdk._flags import RUST_TARGET
from componium_sdk._process import Report, run
from componium_sdk._rust._compiler import MINIMUM

# Compiler, cargo and sources. Debian's stable releases have an old `rustc` and, for browsers, a new `rustc-web`.
_FAMILIES = (("rustc-web", "cargo-web", "rust-web-src"), ("rustc", "cargo", "rust-src"))

# Messages in English, questions none.
_ENVIRONMENT: dict[str, str | None] = {"LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}

_ROOT = Path("/")


def available() -> bool:
    """Whether this system has apt-get."""
    return sys.platform == "linux" and shutil.which("apt-get") is not None


def install_compiler(report: Report) -> None:
    """Install the newest compiler with sources that the system's package sources have.

    Args:
        report: Gets lines of progress.

    Raises:
        MissingToolError: This user may not install, there is no such package, or installing fails.
    """
    if os.geteuid() != 0:
        raise _needed(_newest_family() or _FAMILIES[0], "only root may install them")
    report("apt-get update")
    _apt_get(("update",), report)
    family = _newest_family()
    if family is None:
        raise MissingToolError(
            "rustc",
            f"no Debian package of Rust {MINIMUM[0]}.{MINIMUM[1]} or newer",
            f"Install rustup, then run: rustup target add {RUST_TARGET}",
        )
    report(f"apt-get install {' '.join(family)}")
    _apt_get(("install", "--yes", "--no-install-recommends", *family), report)


def _apt_get(arguments: tuple[str, ...], report: Report) -> None:
    finished = run(("apt-get", *arguments), folder=_ROOT, environment=_ENVIRONMENT, on_error_line=report)
    if finished.code != 0:
        raise MissingToolError(
            "apt-get", f"`apt-get {' '.join(arguments)}` failed:\n{finished.output}", "Correct that, then build again."
        )


def _newest_family() -> tuple[str, ...] | None:
    """The family with the newest compiler that is new enough; None if there is none."""
    versions = {family: _candidate(family[0]) for family in _FAMILIES}
    fitting = [family for family in _FAMILIES if versions[family] >= MINIMUM]
    return max(fitting, key=lambda family: versions[family], default=None)


def _candidate(package: str) -> tuple[int, ...]:
    """The version that apt would install, as numbers; empty if it knows no such package."""
    policy = run(("apt-cache", "policy", package), folder=_ROOT, environment=_ENVIRONMENT).stdout
    found = re.search(r"^ *Candidate: (?:\d+:)?(\d+)\.(\d+)", policy, re.MULTILINE)
    return (int(found[1]), int(found[2])) if found else ()


def _needed(family: tuple[str, ...], reason: str) -> MissingToolError:
    return MissingToolError(
        "rustc",
        f"no compiler here has Rust's standard library for {RUST_TARGET}, nor its sources, and {reason}",
        "Run: sudo apt-get update && sudo apt-get install --no-install-recommends " + " ".join(family),
    )
