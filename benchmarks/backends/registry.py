"""The list of backends, in the order in which tables show them."""

import importlib
from dataclasses import dataclass

from benchmarks.artifacts import Artifacts
from benchmarks.backends.backend import Backend


@dataclass(frozen=True)
class Entry:
    """A backend that is not imported yet, since a process that measures a start must not import the others.

    Attributes:
        name: How the command line and the results call it.
        title: What a table's row says.
        place: The module below `benchmarks.backends` and the class in it.
        language: The language of the guest, where the class has guests.
        packages: The distributions whose versions the results record.
        workloads: The workloads that it has; all where none is named.
        starts: Whether its cold start is measured.
        native: Whether its guest is a native library.
    """

    name: str
    title: str
    place: str
    language: str = ""
    packages: tuple[str, ...] = ()
    workloads: tuple[str, ...] = ()
    starts: bool = True
    native: bool = False

    def has(self, workload: str) -> bool:
        """Return whether the backend has a workload."""
        return not self.workloads or workload in self.workloads

    def create(self, artifacts: Artifacts) -> Backend:
        """Import the backend and make one."""
        module, _, name = self.place.partition(":")
        backend = getattr(importlib.import_module(f"benchmarks.backends.{module}"), name)(artifacts, self.language)
        assert isinstance(backend, Backend)
        return backend


BACKENDS = (
    Entry("native-cffi", "native C, cffi", "cffi_native:CffiNative", packages=("cffi", "ziglang")),
    Entry("native-pyo3", "native Rust, PyO3", "pyo3_native:Pyo3Native"),
    Entry("native-ctypes", "native C, ctypes", "ctypes_native:CtypesNative", packages=("ziglang",)),
    Entry(
        "ctypes-undeclared",
        "native C, bare ctypes",
        "ctypes_undeclared:CtypesUndeclared",
        workloads=("add",),
        starts=False,
    ),
    Entry("memcpy", "memcpy alone", "memcpy:Memcpy", workloads=("receive",), starts=False),
    Entry("floor-rust", "wasmtime crate, Rust", "floor:Floor", "rust", starts=False),
    Entry("floor-c", "wasmtime crate, C", "floor:Floor", "c", starts=False),
    Entry("library-rust", "Componium native, Rust", "library:Library", "rust", ("componium",), native=True),
    Entry("library-c", "Componium native, C", "library:Library", "c", ("componium",), native=True),
    Entry("tuned-rust", "for this CPU, Rust", "library:TunedLibrary", "rust", starts=False, native=True),
    Entry("tuned-c", "for this CPU, C", "library:TunedLibrary", "c", starts=False, native=True),
    Entry("worker-c", "Componium worker, C", "library:Worker", "c", ("componium",), native=True),
    Entry("wasm-rust", "Componium, Rust", "wasm:Wasm", "rust", ("componium",)),
    Entry("wasm-c", "Componium, C", "wasm:Wasm", "c", ("componium",)),
    Entry("wasm-python", "Componium, Python", "wasm:Wasm", "python", ("componium",)),
    Entry("python", "plain Python", "pure_python:PurePython"),
    Entry("luajit", "LuaJIT, lupa", "luajit:LuaJit", packages=("lupa",)),
    Entry("quickjs", "QuickJS", "quickjs_ng:QuickJs", packages=("quickjs-ng",)),
    Entry("wasmtime-rust", "PyPI wasmtime, Rust", "wasmtime_package:WasmtimePackage", "rust", ("wasmtime",)),
    Entry("wasmtime-c", "PyPI wasmtime, C", "wasmtime_package:WasmtimePackage", "c", ("wasmtime",)),
)


def find(name: str) -> Entry:
    """Return the backend of that name.

    Raises:
        LookupError: There is none; the text lists those there are.
    """
    for entry in BACKENDS:
        if entry.name == name:
            return entry
    raise LookupError(f"no backend is called {name!r}: choose from {', '.join(entry.name for entry in BACKENDS)}")
