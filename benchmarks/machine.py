"""Describes the machine and the software that a run measured; nothing that tells whose machine it is."""

import importlib.metadata
import os
import platform
from typing import Any

from benchmarks.backends.registry import Entry


class MissingPackageError(Exception):
    """A distribution that a backend needs is not installed."""


def describe(machine_info: dict[str, Any]) -> dict[str, str]:
    """Describe the machine.

    Args:
        machine_info: What pytest-benchmark found out, of which only the processor's name is taken.

    Returns:
        What is described to its description.
    """
    return {
        "processor": str(machine_info.get("cpu", {}).get("brand_raw") or platform.processor() or "unknown"),
        "processors": str(os.cpu_count()),
        "architecture": platform.machine(),
        "system": platform.system(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
    }


def versions(entries: tuple[Entry, ...]) -> dict[str, str]:
    """Return the version of each distribution that the backends need, and of the harness.

    Raises:
        MissingPackageError: One is not installed.
    """
    packages = {"pytest-benchmark", *(package for entry in entries for package in entry.packages)}
    return {package: version(package) for package in sorted(packages)}


def version(package: str) -> str:
    """Return the version of an installed distribution.

    Raises:
        MissingPackageError: It is not installed.
    """
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError as error:
        raise MissingPackageError(f"{package} is not installed: `nox -s bench` installs all that is needed") from error
