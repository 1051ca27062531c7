"""Where the compiled forms of the workloads are."""

import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

EXTENSION = "_workloads"
PYO3_EXTENSION = "_pyo3_workloads"
LIBRARY_SUFFIX = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")


class MissingGuestError(Exception):
    """A WebAssembly guest has not been built."""


@dataclass(frozen=True)
class Artifacts:
    """The files that backends load.

    Attributes:
        guests: The folder of `workloads-<language>.wasm` and of native libraries beside them, which `nox -s build`
            fills.
        native: The folder of what `benchmarks.native`, `pyo3_extension` and `floor_library` compile for this machine.
    """

    guests: Path
    native: Path

    @property
    def extension(self) -> Path:
        """The extension module that cffi writes."""
        return self.native / f"{EXTENSION}{sysconfig.get_config_var('EXT_SUFFIX')}"

    @property
    def pyo3_extension(self) -> Path:
        """The extension module in Rust."""
        return self.native / f"{PYO3_EXTENSION}{sysconfig.get_config_var('EXT_SUFFIX')}"

    @property
    def library(self) -> Path:
        """The shared library that ctypes opens."""
        return self.native / f"workloads{LIBRARY_SUFFIX}"

    @property
    def floor(self) -> Path:
        """The shared library in Rust, with wasmtime's own typed calls."""
        return self.native / f"floor{LIBRARY_SUFFIX}"

    def guest(self, language: str) -> Path:
        """Return the component made from the guest of one language.

        Raises:
            MissingGuestError: It has not been built.
        """
        path = self.guests / f"workloads-{language.lower()}.wasm"
        if not path.is_file():
            raise MissingGuestError(f"{path} does not exist: run `nox -s build`, then try again")
        return path

    def native_guest(self, language: str, *, tuned: bool = False) -> Path:
        """Return the native library made from the guest of one language.

        Args:
            language: The guest's language.
            tuned: Whether it is compiled for this very processor.

        Raises:
            MissingGuestError: It has not been built.
        """
        libraries = self.guests.glob(f"workloads-{language}.*{LIBRARY_SUFFIX}")
        for path in libraries:
            if path.stem.endswith("-march-native") == tuned:
                return path
        raise MissingGuestError(
            f"{self.guests} has no native library in {language}: run `nox -s build`, then try again"
        )
