"""Protocols for what the guest exports and what the application implements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from componium._bindgen.expression import INDENT, NONE, Name
from componium._bindgen.python_types import Types
from componium._bindgen.source import docstring
from componium._errors import UnsupportedType
from componium._types import pascal_case, snake_case

if TYPE_CHECKING:
    from collections.abc import Iterable

    from componium._bindgen import model
    from componium._bindgen.declarations import Declarations
    from componium._bindgen.expression import Expression
    from componium._bindgen.scope import Scope, SideName
    from componium._bindgen.source import Source


class Protocols:
    """Writes the protocols of one side of a world.

    The parameters of imports are positional: that is how guests' calls arrive, so that the application may name them as
    it likes.
    """

    def __init__(self, scope: Scope, source: Source, declarations: Declarations, side: SideName) -> None:
        """Write protocols of `side` of `scope`."""
        self._scope = scope
        self._source = source
        self._declarations = declarations
        self._side = side
        self._types = Types(scope, side)

    def write(self) -> list[list[str]]:
        """Write all of them, in the order of the world."""
        found: list[list[str]] = []
        if self._side == "imports":
            found += self._resources(None, self._scope.world.imports.functions)
        interfaces = {each.index: each for each in self._scope.interfaces[self._side]}  # one may have several names
        for interface in filter(self._scope.has_protocol, interfaces.values()):
            found += [*self._resources(interface, interface.functions), self._interface(interface)]
        return [*found, *(self._function_class(function) for function in self._scope.functions(self._side))]

    def _resources(self, interface: model.Interface | None, functions: Iterable[model.Function]) -> list[list[str]]:
        """Write the protocols of resources: their objects, their classes, and what has the classes."""
        resources = self._scope.resources(interface)
        found: list[list[str]] = []
        for resource in resources:
            own = [function for function in functions if self._owner(function) == resource.index]
            found += [self._handle(resource, own), self._factory(resource, own)]
        if resources and interface is not None:
            found.append(self._classes(interface, resources))
        return found

    def _owner(self, function: model.Function) -> int | None:
        """Return the index of the resource that a function belongs to."""
        return None if function.resource is None else self._scope.world.resolve(function.resource).index

    def _handle(self, resource: model.Definition, functions: Iterable[model.Function]) -> list[str]:
        """Write the protocol of a resource's objects."""
        methods = [function for function in functions if function.kind == "method"]
        names = [snake_case(function.name) for function in methods]
        name = self._scope.name("resource", resource.index, self._side)
        bases = [self._source.name("Protocol")]
        body = self._methods(methods, names)
        if self._side == "exports":
            bases.insert(0, self._source.name("wit.Handle"))
            if "drop" not in names:
                drop = [
                    f"{INDENT}def drop(self) -> None:",
                    *docstring("Drop the resource.", 2 * INDENT),
                    f"{2 * INDENT}...",
                ]
                body += ["", *drop]
        owner = self._declarations.owner(resource) or self._scope.world.full_name
        docs = resource.notes.docs or f"The resource `{resource.name}` of `{owner}`."
        return [*self._declarations.deprecation(resource.notes), *self._class(name, bases, docs, body)]

    def _factory(self, resource: model.Definition, functions: Iterable[model.Function]) -> list[str]:
        """Write the protocol of a resource's class: constructor and static functions."""
        handle = self._scope.name("resource", resource.index, self._side)
        makers = [function for function in functions if function.kind in {"constructor", "static"}]
        names = [snake_case(function.name) for function in makers if function.kind == "static"]
        name = self._scope.name("factory", resource.index, self._side)
        docs = f"The class of `{handle}`: its constructor and static functions."
        return self._class(name, [self._source.name("Protocol")], docs, self._methods(makers, names))

    def _classes(self, interface: model.Interface, resources: Iterable[model.Definition]) -> list[str]:
        """Write the protocol of an interface's classes, apart from functions, which mention types so named."""
        body: list[str] = []
        for resource in resources:
            factory = self._scope.name("factory", resource.index, self._side)
            body += [
                "",
                f"{INDENT}@property",
                f"{INDENT}def {pascal_case(resource.name or '')}(self) -> {factory}: ...",
            ]
        name = self._scope.name("classes", interface.index, self._side)
        docs = f"The classes of the resources of `{interface.key}`."
        return self._class(name, [self._source.name("Protocol")], docs, body)

    def _interface(self, interface: model.Interface) -> list[str]:
        functions = [function for function in interface.functions if function.kind == "freestanding"]
        names = [snake_case(function.name) for function in functions]
        has_classes = bool(self._scope.resources(interface))
        bases = [self._scope.name("classes", interface.index, self._side)] if has_classes else []
        bases.append(self._source.name("Protocol"))
        key = self._scope.world.interfaces[interface.index].key or interface.key
        docs = interface.notes.docs or f"The interface `{key}`."
        name = self._scope.name("interface", interface.index, self._side)
        body = self._methods(functions, names)
        return [*self._declarations.deprecation(interface.notes), *self._class(name, bases, docs, body)]

    def _function_class(self, function: model.Function) -> list[str]:
        """Write the protocol of a function of the world itself."""
        name = self._scope.name("function", function.name, self._side)
        docs = f"The function `{function.name}` of `{self._scope.world.full_name}`."
        return self._class(name, [self._source.name("Protocol")], docs, self._method(function, "__call__", ()))

    def _class(self, name: str, bases: list[str], docs: str, body: list[str]) -> list[str]:
        lines = [f"class {name}({', '.join(bases)}):", *docstring(docs, INDENT)]
        if body and body[0]:
            lines.append("")
        return [*lines, *body]

    def _methods(self, functions: Iterable[model.Function], names: Iterable[str]) -> list[str]:
        lines: list[str] = []
        for function in functions:
            name = "__call__" if function.kind == "constructor" else snake_case(function.name)
            lines += ["", *self._method(function, name, names)]
        return lines

    def _method(self, function: model.Function, name: str, members: Iterable[str]) -> list[str]:
        """Write a function as a method of a protocol.

        Raises:
            UnsupportedType: The function cannot be called, or not with these types.
        """
        if function.is_async:
            raise UnsupportedType(
                f"`{function.name}` is asynchronous, and cannot be called yet; take it out of the contract"
            )
        try:
            return self._described(function, name, members)
        except UnsupportedType as error:
            raise UnsupportedType(f"`{function.name}`: {error}") from error

    def _described(self, function: model.Function, name: str, members: Iterable[str]) -> list[str]:
        docs = self._docs(function)
        body = [*(docstring(docs, 2 * INDENT) if docs else []), f"{2 * INDENT}..."]
        decorators = [f"{INDENT}{line}" for line in self._declarations.deprecation(function.notes)]
        qualify = self._source.qualifier(members)
        head = f"{INDENT}def {name}"
        return [
            *decorators,
            *self._source.function(head, self._parameters(function), self._result(function), body, qualify),
        ]

    def _parameters(self, function: model.Function) -> list[tuple[str, Expression | None]]:
        names = [snake_case(parameter.name) for parameter in function.parameters]
        write = self._types.out if self._side == "imports" else self._types.into
        found: list[tuple[str, Expression | None]] = [("_self" if "self" in names else "self", None)]
        found += [(name, write(parameter.type)) for name, parameter in zip(names, function.parameters, strict=True)]
        if names and self._side == "imports":
            found.append(("/", None))
        return found

    def _result(self, function: model.Function) -> Expression:
        if function.kind == "constructor" and function.resource is not None:
            return Name(self._scope.name("resource", self._owner(function), self._side))
        if function.result is None:
            return NONE
        return (self._types.answered if self._side == "imports" else self._types.returned)(function.result)

    def _docs(self, function: model.Function) -> str:
        """Write the documentation, and what becomes of the error case."""
        top = self._types.top_result(function.result)
        if top is None:
            return function.notes.docs
        verb = "Raises" if self._side == "exports" else "Raise"
        error = "" if top.err is None else f"; its `value` is of type `{self._types.out(top.err).render(str)}`"
        return f"{function.notes.docs}\n\n{verb} `componium.GuestError` for the error case{error}.".lstrip()
