"""PyPI's `wasmtime` as another application that loads launcher plugins: it knows nothing of Componium."""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import wasmtime
from wasmtime import component

INTERFACE = "componium:launcher/{}@0.1.0"


class Peer:
    """A plugin's component, compiled; a context manager.

    Args:
        path: The plugin.
    """

    def __init__(self, path: Path) -> None:
        self._engine = wasmtime.Engine()
        self._component = component.Component.from_file(self._engine, str(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._component.close()
        self._engine.close()

    def trigger(self) -> str:
        """Return what the plugin's `get-trigger` answers."""
        answer = self._call("get-trigger", [], {}, None)
        assert isinstance(answer, str)
        return answer

    def handle(self, text: str, config: Mapping[str, str], granted: Path | None) -> list[dict[str, str]]:
        """Return what the plugin's `handle` answers in an instance of its own, as dictionaries."""
        answer = self._call("handle", [text], config, granted)
        return [{"name": item.name, "exec": item.exec, "keywords": item.keywords} for item in answer]

    def _call(self, function: str, arguments: list[str], config: Mapping[str, str], granted: Path | None) -> Any:  # noqa: ANN401
        store = wasmtime.Store(self._engine)
        store.set_wasi(wasi(granted))
        instance = self._linker(config).instantiate(store, self._component)
        runner = instance.get_export_index(store, INTERFACE.format("runner"))
        index = instance.get_export_index(store, function, runner)
        assert index is not None
        called = instance.get_func(store, index)
        assert called is not None
        answer = called(store, *arguments)
        called.post_return(store)
        return answer

    def _linker(self, config: Mapping[str, str]) -> component.Linker:
        linker = component.Linker(self._engine)
        linker.add_wasip2()
        with linker.root() as root, root.add_instance(INTERFACE.format("host")) as host:
            host.add_func("log", lambda _store, _level, _message: None)
            host.add_func("get-user-config", lambda _store, key: config.get(key))
        return linker


def wasi(granted: Path | None) -> wasmtime.WasiConfig:
    """Return a configuration that grants one folder at the guest's `/`, or nothing."""
    config = wasmtime.WasiConfig()
    config.inherit_stderr()
    if granted is not None:
        config.preopen_dir(str(granted), "/", fs_mutable=False)
    return config
