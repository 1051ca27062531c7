"""WebAssembly components in Componium, with its default settings: interruption on, nothing granted."""

import componium

from benchmarks.backends.backend import Backend, Functions


class Wasm(Backend):
    """A guest of one language, called through Componium."""

    def load(self) -> componium.Component:
        """Compile the component, or take its machine code from Componium's cache."""
        return componium.load(self.artifacts.guest(self.language))

    def instantiate(self, code: componium.Component) -> Functions:
        """Instantiate the component in a store of its own."""
        return functions(code.instantiate())


def functions(instance: componium.Instance) -> Functions:
    """Return the workloads of a plugin of any kind."""
    workloads = instance.workloads
    return Functions(
        workloads.add, workloads.receive, workloads.sum, workloads.echo, workloads.rows, workloads.evaluate
    )
