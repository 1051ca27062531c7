"""Handles of guests' resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Never, Self

from componium._types import pascal_case

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from componium import _native
    from componium.wit import Handle

__all__ = ["Resource", "drop"]


class Resource:
    """A handle of a resource that lives in a guest.

    The exported resource is a class that extends this one, such as `instance.counters.Counter`, with the constructor,
    methods and static functions of the WIT. A handle owns its resource until it is dropped or given to the guest as an
    argument of type `own`; the resource is also dropped when the handle is no longer referred to.
    """

    __slots__ = ("__weakref__", "_handle")

    _handle: _native.Handle

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...  # the methods of the WIT

    @classmethod
    def _wrap(cls, handle: _native.Handle) -> Self:
        """Make a handle of what the guest gave away; private."""
        made = object.__new__(cls)
        made._handle = handle
        return made

    def drop(self) -> None:
        """Drop the resource, unless a WIT method of this name hides this one: see `componium.drop`."""
        self._handle.drop()

    def __enter__(self) -> Self:
        """Return the handle itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Drop the resource."""
        self._handle.drop()

    def __reduce__(self) -> Never:
        """Refuse to be pickled or copied."""
        message = f"a handle of {type(self).__name__} cannot be pickled: its resource lives in a guest"
        raise TypeError(message)

    def __repr__(self) -> str:
        """Say whether the handle still holds its resource."""
        return f"<{type(self).__name__} {'held' if self._handle.held else 'dropped or given away'}>"


def drop(handle: Resource | Handle) -> None:
    """Drop a resource: the guest's destructor runs.

    Dropping it again, or after its instance has ended, does nothing. During a call of the same instance, the resource
    is dropped when that call has ended.

    Args:
        handle: The handle, typed or not, which cannot be used afterwards.

    Raises:
        ResourceError: The resource is lent to a call under way.
        Trap: The destructor failed; the instance has ended.
    """
    handle.__exit__(None, None, None)


def resource_class(
    interface: str | None, name: str, docs: str | None, members: list[tuple[str, str, Callable[..., Any]]]
) -> type[Resource]:
    """Make the class of an exported resource's handles, for one instance.

    Args:
        interface: The interface that defines the resource.
        name: The resource's name in WIT.
        docs: Its documentation in WIT.
        members: Kind (`constructor`, `method` or `static`), Python name and function of each.

    Returns:
        The class.
    """
    namespace: dict[str, Any] = {"__slots__": (), "__module__": interface or __name__}
    namespace["__doc__"] = docs or f"Resource `{name}` of `{interface or 'the world'}`."
    for kind, attribute, function in members:
        if kind == "constructor":
            namespace["__new__"] = _constructor(function)
        else:
            namespace[attribute] = staticmethod(function) if kind == "static" else function
    namespace.setdefault("__new__", _no_constructor)
    return type(pascal_case(name), (Resource,), namespace)


def _constructor(function: Callable[..., Any]) -> Callable[..., Any]:
    def construct(cls: type, *arguments: Any, **keywords: Any) -> Any:
        del cls  # the guest's constructor gives a handle of this class
        return function(*arguments, **keywords)

    return construct


def _no_constructor(cls: type, *arguments: Any, **keywords: Any) -> Any:
    del arguments, keywords
    message = f"the resource {cls.__name__} has no constructor: the guest's functions return its handles"
    raise TypeError(message)
