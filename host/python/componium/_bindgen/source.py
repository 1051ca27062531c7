"""The source text of a module: imports, documentation, functions."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from componium._bindgen.expression import INDENT, fit
from componium._bindgen.names import RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from componium._bindgen.expression import Expression, Qualify

BUILTINS = frozenset({"bool", "bytes", "float", "int", "list", "property", "classmethod", "str", "tuple"})
MODULES = ("builtins", "componium", "wit")

_ORIGINS = {
    "Sequence": "collections.abc",
    "Flag": "enum",
    "StrEnum": "enum",
    "Protocol": "typing",
    "Self": "typing",
    "TypeAlias": "typing",
    "Unpack": "typing",
}


class Source:
    """Writes parts of a module, and keeps what they need imported."""

    def __init__(self, width: int, members: frozenset[str]) -> None:
        """Write lines of at most `width` for a module whose classes have `members`."""
        self.width = width
        self._modules = {name: f"{name}_" if name in members else name for name in MODULES}
        self._used: set[str] = set()

    def qualifier(self, hidden: Iterable[str] = ()) -> Qualify:
        """Give what qualifies names inside a class whose members hide some builtins."""
        hidden = frozenset(hidden)

        def qualify(text: str) -> str:
            if text in BUILTINS & hidden:
                text = f"builtins.{text}"
            base, dot, rest = text.partition(".")
            if base in self._modules and dot:
                self._used.add(base)
                return f"{self._modules[base]}.{rest}"
            if text in RESERVED:
                self._used.add(text)
            return text

        return qualify

    def name(self, text: str) -> str:
        """Qualify a name at the level of the module."""
        return self.qualifier()(text)

    def imports(self) -> list[str]:
        """Write the import statements for everything that was used, in the order of Ruff's."""
        lines = ["from __future__ import annotations", ""]
        standard = [f"import {self._import('builtins')}"] if "builtins" in self._used else []
        for module in sorted(set(_ORIGINS.values())):
            names = sorted(name for name in self._used if _ORIGINS.get(name) == module)
            if names:
                standard.append(f"from {module} import {', '.join(names)}")
        own = [f"import {self._import('componium')}"] if "componium" in self._used else []
        own += [f"from componium import {self._import('wit')}"] if "wit" in self._used else []
        return [*lines, *standard, *([""] if standard and own else []), *own]

    def _import(self, module: str) -> str:
        name = self._modules[module]
        return module if name == module else f"{module} as {name}"

    def function(
        self,
        head: str,
        parameters: Iterable[tuple[str, Expression | None]],
        result: Expression,
        body: list[str],
        qualify: Qualify,
    ) -> list[str]:
        """Write a method.

        Args:
            head: Indentation, `def` and the name.
            parameters: Name and type of each; no type for `self` and for the markers `/` and `*`.
            result: What it returns.
            body: The lines of its body; `...` alone goes behind the colon.
            qualify: Gives the names to write.

        Returns:
            The lines.
        """
        parameters = tuple(parameters)
        end = ": ..." if [line.strip() for line in body] == ["..."] else ":"
        written = ", ".join(f"{name}: {type_.render(qualify)}" if type_ else name for name, type_ in parameters)
        line = f"{head}({written}) -> {result.render(qualify)}{end}"
        rest = [] if end == ": ..." else body
        if len(line) <= self.width:
            return [line, *rest]
        indent = head[: len(head) - len(head.lstrip())]
        lines = [f"{head}("]
        for name, type_ in parameters:
            prefix = f"{indent}{INDENT}{name}"
            lines += fit(f"{prefix}: ", type_, ",", self.width, qualify) if type_ else [f"{prefix},"]
        return [*lines, *fit(f"{indent}) -> ", result, end, self.width, qualify), *rest]


def docstring(text: str, indent: str) -> list[str]:
    """Write a docstring.

    Args:
        text: What it says; lines may follow the first.
        indent: The indentation.

    Returns:
        The lines.
    """
    first, _, rest = text.expandtabs(4).strip().replace("\\", "\\\\").replace('"""', '\\"\\"\\"').partition("\n")
    first = f"\\{first}" if first.startswith('"') else first
    escaped = [first.rstrip(), *(line.rstrip() for line in dedent(rest).split("\n") if rest)]
    if len(escaped) == 1:
        line = escaped[0]
        return [f'{indent}"""{line[:-1]}\\""""' if line.endswith('"') else f'{indent}"""{line}"""']
    following = [f"{indent}{line}" if line else "" for line in escaped[1:]]
    return [f'{indent}"""{escaped[0]}', *following, f'{indent}"""']
