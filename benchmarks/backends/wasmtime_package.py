"""The same WebAssembly components in the package `wasmtime` from PyPI, which drives the runtime's C API by ctypes."""

from functools import partial

import wasmtime
from wasmtime import component

from benchmarks.backends.backend import Backend, Functions

INTERFACE = "componium:bench/workloads@0.1.0"


class WasmtimePackage(Backend):
    """A guest of one language, called through the package's dynamic component API."""

    def load(self) -> tuple[wasmtime.Engine, component.Component]:
        """Compile the component."""
        engine = wasmtime.Engine()
        return engine, component.Component.from_file(engine, self.artifacts.guest(self.language))

    def instantiate(self, code: tuple[wasmtime.Engine, component.Component]) -> Functions:
        """Instantiate the component with WASI, and nothing granted."""
        engine, guest = code
        store = wasmtime.Store(engine)
        store.set_wasi(wasmtime.WasiConfig())
        linker = component.Linker(engine)
        linker.add_wasip2()
        instance = linker.instantiate(store, guest)
        return Functions(
            *(
                partial(function_of(instance, store, guest, name), store)
                for name in ("add", "receive", "sum", "echo", "rows", "evaluate")
            )
        )


def function_of(
    instance: component.Instance, store: wasmtime.Store, guest: component.Component, name: str
) -> component.Func:
    """Find a function of the guest's interface.

    Raises:
        LookupError: The guest does not export it.
    """
    interface = guest.get_export_index(INTERFACE)
    index = guest.get_export_index(name, interface)
    function = instance.get_func(store, index) if index else None
    if function is None:
        raise LookupError(f"the guest exports no {INTERFACE}#{name}")
    return function
