"""The guests as native libraries in Componium: the same source and the same calls, without a sandbox."""

import componium

from benchmarks.backends.backend import Functions, UnavailableError
from benchmarks.backends.wasm import Wasm, functions


class Library(Wasm):
    """A guest of one language, compiled for this system and every processor of its family."""

    def load(self) -> componium.Component:
        """Read what the library says of itself; each instance loads a copy of it."""
        return componium.load(self.artifacts.native_guest(self.language), trust=True)


class Worker(Library):
    """The same in a process of its own."""

    def instantiate(self, code: componium.Component) -> Functions:
        """Start a worker process.

        Raises:
            UnavailableError: This system has none.
        """
        try:
            return functions(code.instantiate(worker=True))
        except componium.NotEnforceable as error:
            raise UnavailableError(str(error)) from error


class TunedLibrary(Wasm):
    """A guest of one language, compiled for this very processor (`-march=native`)."""

    def load(self) -> componium.Component:
        """Read what the library says of itself."""
        return componium.load(self.artifacts.native_guest(self.language, tuned=True), trust=True)
