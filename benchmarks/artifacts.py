"""Where the compiled forms of the workloads are."""

import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

EXTENSION = "_workloads"
LIBRARY_SUFFIXES = {"win32": ".dll", "darwin": ".dylib"}


class MissingGuestError(Exception):
    """A WebAssembly guest has not been built."""


@dataclass(frozen=True)
class Artifacts:
    """The files that backends load.

    Attributes:
        guests: The folder of `workloads-<language>.wasm`, which `nox -s build` fills.
        native: The folder of the native baselines, which `benchmarks.native` fills.
    """

    guests: Path
    native: Path

    @property
    def extension(self) -> Path:
        """The extension module that cffi writes."""
        return self.native / f"{EXTENSION}{sysconfig.get_config_var('EXT_SUFFIX')}"

    @property
    def library(self) -> Path:
        """The shared library that ctypes opens."""
        return self.native / f"workloads{LIBRARY_SUFFIXES.get(sys.platform, '.so')}"

    def guest(self, language: str) -> Path:
        """Return the component made from the guest of one language.

        Raises:
            MissingGuestError: It has not been built.
        """
        path = self.guests / f"workloads-{language.lower()}.wasm"
        if not path.is_file():
            raise MissingGuestError(f"{path} does not exist: run `nox -s build`, then try again")
        return path
