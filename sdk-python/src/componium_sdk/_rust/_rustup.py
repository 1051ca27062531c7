"""rustup, which adds targets to the toolchains that it manages."""

import os
import shutil
from pathlib import Path

from componium_sdk._flags import RUST_TARGET
from componium_sdk._process import Report, run

# The download is about 20 MB. Without a network rustup itself gives up within seconds; this bound is for networks that
# swallow packets.
_TIMEOUT = 180.0

COMMAND = f"rustup target add {RUST_TARGET}"


def add_target(folder: Path, report: Report) -> bool:
    """Let rustup add the WebAssembly target to the toolchain of a project.

    Where `RUSTUP_AUTO_INSTALL=0` is set nothing is tried: rustup's users say by it that toolchains change by their own
    hand only.

    Args:
        folder: Where the project lies.
        report: Gets lines of progress.

    Returns:
        Whether it was added.
    """
    if shutil.which("rustup") is None or os.environ.get("RUSTUP_AUTO_INSTALL") == "0":
        return False
    report(COMMAND)
    environment: dict[str, str | None] = {"RUSTUP_MAX_RETRIES": "1"}
    finished = run(tuple(COMMAND.split()), folder=folder, environment=environment, timeout=_TIMEOUT)
    if finished.code != 0:
        report(f"rustup could not add the target: {finished.output.splitlines()[-1] if finished.output else ''}")
    return finished.code == 0
