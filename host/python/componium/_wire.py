"""Plugins that are Python code: a component whose other end, where values travel as bytes, is in this process.

An instance with a wire calls its `Peer`, which stands for the other end, and is called through its
`_native.Dispatcher`. The plugin's own end is the same the other way round: an instance of the mirrored world, whose
exports are what the plugin imports, and a dispatcher that calls what the plugin exports. So plugins in Python see and
give exactly what sandboxed ones do: the same checks, the same copies, the same classes.
"""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from componium import _native
from componium._errors import Frame, Trap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from componium._native_types import HostFunction

__all__ = ["Application", "Caller", "Peer", "Provided", "Start", "instantiate", "offered", "plugin_end", "trap"]

Provided: TypeAlias = tuple["Sequence[Callable[..., Any] | None]", "Sequence[type]"]
"""What one side provides to the other: functions, `None` for methods, and the classes of resources."""
Start: TypeAlias = "Callable[[Sequence[Callable[..., Any] | None], Sequence[type]], Provided]"
"""Starts a plugin: takes what it imports, in the order of `host_functions()` and `host_resources()`; returns what it
exports, in the order of `guest_functions()` and `guest_resources()`."""


class Caller(Protocol):
    """What carries calls to the other end of a wire."""

    def call(self, function: int, data: bytes) -> bytes:
        """Call a function that the other end provides."""
        ...

    def release(self, number: int) -> None:
        """Say that an object of the other end's is not needed any more."""
        ...


class Peer(Caller, Protocol):
    """The other end of a wire, as an instance calls it."""

    def failed(self, place: str, error: BaseException) -> BaseException:
        """Make the exception for a call that raised `error`; `place` says which call."""
        ...

    def close(self) -> None:
        """Hear that the instance has ended."""
        ...


class Application:
    """The application, as a plugin's end calls it."""

    def __init__(self, application: Caller) -> None:
        """Call through `application`."""
        self.call = application.call
        self.release = application.release

    def failed(self, place: str, error: BaseException) -> BaseException:
        """Let the application's exceptions through as they are."""
        del place
        return error

    def close(self) -> None:
        """Do nothing: the application goes on."""


class _Plugin:
    """A plugin in this process, as its instance calls it."""

    def __init__(self, plugin: _native.Dispatcher, imports: _native.Instance) -> None:
        """Call through `plugin`, which may use `imports` until it ends."""
        self.call = plugin.call
        self.release = plugin.release
        self.close = imports.close

    def failed(self, place: str, error: BaseException) -> BaseException:
        """Make a trap, as in a sandbox."""
        return trap(place, error)


def instantiate(
    component: _native.Component, imports: tuple[Sequence[Any], Sequence[type], bool], start: Start
) -> _native.Instance:
    """Make an instance of a plugin that is Python code in this process.

    Args:
        component: What `_native.Component.python` made of the plugin's contract.
        imports: What the application provides, and whether it wants lists of numbers as buffers.
        start: Starts the plugin.

    Returns:
        The instance.

    Raises:
        Trap: The plugin raised while it started.
    """

    def connect(application: _native.Dispatcher) -> Peer:
        place = f"{component.name}: instantiation"
        try:
            return _Plugin(*plugin_end(component, Application(application), start))
        except (Exception, SystemExit) as error:
            raise trap(place, error) from error

    return component.connect(imports, connect)


def plugin_end(
    component: _native.Component, application: Peer, start: Start
) -> tuple[_native.Dispatcher, _native.Instance]:
    """Start a plugin at its end of a wire.

    Args:
        component: The plugin's world.
        application: The other end.
        start: Starts the plugin.

    Returns:
        What calls the plugin, and the instance whose exports it imports.
    """
    mirrored = component.mirrored()
    imported = mirrored.connect(([], [], False), lambda _: application)
    functions, classes = start(*offered(imported, component.host_functions(), mirrored.resources()))
    return _native.Dispatcher(mirrored, imported, functions, classes), imported


def offered(
    instance: _native.Instance,
    functions: Iterable[HostFunction],
    resources: Iterable[tuple[str | None, str, _native.ResourceType]],
) -> Provided:
    """Collect what an instance exports, in the order in which another one takes it.

    Args:
        instance: The instance.
        functions: The functions that are wanted.
        resources: The resources that the instance exports.

    Returns:
        A callable for each function, `None` for methods; and the classes of the resources.
    """
    classes = {(interface, name): instance.resource_class(key) for interface, name, key in resources}
    plain = {(interface, name): function for interface, name, function in instance.functions()}

    def find(
        interface: str | None, name: str, member: tuple[str, str] | None, parameters: list[str], wit: str
    ) -> Callable[..., Any] | None:
        del parameters, wit
        if member is None:
            return plain[interface, name]
        owner, kind = member
        made = classes[interface, owner]
        if kind == "method":
            return None
        return made if kind == "constructor" else getattr(made, name)

    return [find(*function) for function in functions], list(classes.values())


def trap(place: str, error: BaseException) -> BaseException:
    """Make the exception for what a plugin raised: what callers get of a guest in a sandbox that fails.

    Args:
        place: The call.
        error: What the plugin raised.

    Returns:
        A trap with the plugin's frames whose cause is `error`; `error` itself if it is no failure of the plugin's, such
        as `KeyboardInterrupt`.
    """
    if isinstance(error, SystemExit):
        reason = f"the guest exited with status {error.code}"
    elif isinstance(error, Exception):
        reason = f"the plugin raised {''.join(traceback.format_exception_only(error)).strip()}"
    else:
        return error
    made = Trap(f"{place}: {reason}", frames(error))
    made.__cause__ = error
    return made


def frames(error: BaseException) -> list[Frame]:
    """Return the stack of an exception, innermost function first."""
    walked = traceback.walk_tb(error.__traceback__)
    found = [
        Frame(frame.f_code.co_qualname, frame.f_globals.get("__name__"), frame.f_code.co_filename, line)
        for frame, line in walked
    ]
    return found[::-1]
