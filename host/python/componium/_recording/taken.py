"""What is taken down of one instance."""

from __future__ import annotations

import functools
import threading
import time
import warnings
from typing import TYPE_CHECKING, Any, cast

from componium._calls.functions import DROP
from componium._calls.handles import Handles
from componium._calls.observe import observed_imports, outcome_of, outcome_of_error
from componium._calls.trace import Call, HostCall, Trace
from componium._calls.values import Values
from componium._errors import ClosedError, ConversionError, ReentranceError, ResourceError
from componium._recording.lines import Entry, entry_line
from componium._types import pascal_case, snake_case

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from componium._bindgen import model
    from componium._calls.functions import WorldFunction
    from componium._imports import Imports
    from componium._kinds.loaded import Running
    from componium._recording.file import RecordingFile
    from componium._resources import Resource


class _Open(threading.local):
    """The calls under way in a thread, each with the calls that it has made of the application."""

    def __init__(self) -> None:
        self.calls: list[list[HostCall]] = []


class Taken:
    """Writes down the calls of one instance."""

    def __init__(self, world: model.World, number: int, file: RecordingFile) -> None:
        """Write to `file` about instance `number` of a component of `world`."""
        self._values = Values(world, Handles(keep=False))
        self._number = number
        self._file = file
        self._open = _Open()

    def imports(self, plugin: str, imports: Imports) -> Imports:
        """Return imports that take down what `plugin` asks of them."""
        return observed_imports(plugin, imports, Values(self._values.world, guest_side=False), self._heard)

    def _heard(self, call: HostCall) -> None:
        if self._open.calls:  # it may also come from code that starts or drops something outside any call
            self._open.calls[-1].append(call)

    def running(
        self,
        running: Running,
        functions: Mapping[str, WorldFunction],
        resources: Sequence[tuple[str | None, str, Any]],
    ) -> Running:
        """Return a running plugin whose functions take down their calls."""
        plain = {(each.interface, each.attribute): each for each in functions.values() if not each.resource}
        wrapped = [
            (interface, name, self._function(plain[interface, name], made) if (interface, name) in plain else made)
            for interface, name, made in running.functions()
        ]
        for interface, name, resource in resources:
            owned = [
                each
                for each in functions.values()
                if each.resource and (each.interface, pascal_case(each.resource)) == (interface, name)
            ]
            self._wrap_class(running.resource_class(resource), owned)
        return cast("Running", _RecordedRunning(running, wrapped))

    def _wrap_class(self, made: type[Resource], functions: list[WorldFunction]) -> None:
        """Put the taking down into the class of a resource's handles, which belongs to this instance alone."""
        members = {each.attribute: each for each in functions}
        for name, declared in members.items():
            if declared.kind == DROP:
                leave = self._dropping(declared)
                made.__exit__ = leave  # type: ignore[method-assign]
                if "drop" not in members:
                    made.drop = leave  # type: ignore[method-assign]
            elif declared.kind == "constructor":
                construct = made.__new__
                made.__new__ = self._function(declared, construct, bound=True)  # type: ignore[method-assign]
            else:
                function = self._function(declared, getattr(made, name))
                setattr(made, name, staticmethod(function) if declared.kind == "static" else function)

    def _dropping(self, declared: WorldFunction) -> Callable[..., None]:
        drop = self._function(declared, lambda handle: handle._handle.drop())  # noqa: SLF001  # of this package

        def leave(handle: Resource, *_: object) -> None:
            if handle._handle.held:  # noqa: SLF001  # otherwise nothing happens
                drop(handle)

        return leave

    def _function(
        self, declared: WorldFunction, function: Callable[..., Any], *, bound: bool = False
    ) -> Callable[..., Any]:
        """Wrap an exported function; `bound` says that its first argument is none of the WIT."""
        types = [parameter.type for parameter in declared.parameters]
        names = [snake_case(parameter.name) for parameter in declared.parameters]

        def call(*arguments: Any, **keywords: Any) -> Any:
            try:
                given = _bind(names, arguments[bound:], keywords)
                data = tuple(self._values.write(type_, each) for type_, each in zip(types, given, strict=True))
            except Exception as error:  # noqa: BLE001  # the run time refuses such arguments, and says what is wrong
                result = function(*arguments, **keywords)
                warnings.warn(f"a call of {declared.label} was not recorded: {error!r}", RuntimeWarning, stacklevel=2)
                return result
            return self._call(declared, Call(declared.name, data), lambda: function(*arguments, **keywords))

        wrapper = functools.update_wrapper(call, function, updated=())
        if hasattr(function, "wit"):
            wrapper.wit = function.wit  # type: ignore[attr-defined]
        return wrapper

    def _call(self, declared: WorldFunction, call: Call, make: Callable[[], Any]) -> Any:
        host_calls: list[HostCall] = []
        self._open.calls.append(host_calls)
        begin = time.perf_counter()
        try:
            result = make()
        except BaseException as error:
            if not _refused(error, host_calls):
                outcome = outcome_of_error(self._values, declared, error)
                self._write(Trace(call, tuple(host_calls), outcome, time.perf_counter() - begin))
            raise
        finally:
            self._open.calls.pop()
        seconds = time.perf_counter() - begin
        self._write(Trace(call, tuple(host_calls), outcome_of(self._values, declared, result), seconds))
        return result

    def _write(self, trace: Trace) -> None:
        self._file.write(entry_line(Entry(self._number, trace)))


class _RecordedRunning:
    """A running plugin with other functions."""

    def __init__(self, running: Running, functions: list[tuple[str | None, str, Any]]) -> None:
        self._running = running
        self._functions = functions

    def functions(self) -> list[tuple[str | None, str, Any]]:
        """Give the functions that take down their calls."""
        return self._functions

    def __getattr__(self, name: str) -> Any:
        """Be the same in everything else."""
        return getattr(self._running, name)


def _bind(names: list[str], arguments: tuple[Any, ...], keywords: dict[str, Any]) -> list[Any]:
    """Put arguments into the order of the parameters."""
    if len(arguments) + len(keywords) != len(names):
        raise TypeError("there is not one argument for each parameter")
    return [*arguments, *(keywords[name] for name in names[len(arguments) :])]


def _refused(error: BaseException, host_calls: list[HostCall]) -> bool:
    """Whether a call was refused before the plugin ran."""
    return isinstance(error, ClosedError | ConversionError | ReentranceError | ResourceError) and not host_calls
