"""Strategies for names in WIT."""

from __future__ import annotations

import keyword
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

#: Parts of names: plain ones, then those that mean something in WIT, in Python, or to the classes that values are of.
WORDS = [
    *("a", "b", "x1", "ab", "abc2d", "X", "URL", "M4"),
    *("bool", "char", "enum", "export", "flags", "func", "interface", "list", "option", "record", "resource", "result"),
    *("string", "tuple", "type", "use", "variant", "world", "static", "own", "borrow", "future", "stream", "package"),
    *("self", "cls", "value", "name", "names", "mro", "keys", "items", "get", "count", "index", "dict", "str", "int"),
    *("some", "ok", "err", "error", "object", "print", "doc", "init", "cases", "drop", "NONE", "TRUE", "match", "case"),
    *(word.lower() for word in keyword.kwlist),
]


def names() -> SearchStrategy[str]:
    """Strategy for names in kebab-case."""
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map("-".join)


def unique_names(taken: set[str]) -> SearchStrategy[str]:
    """Strategy for a name that may stand beside others.

    Args:
        taken: The others, as `key` makes them; the name that is drawn is added.
    """

    def take(name: str) -> str:
        while key(name) in taken:
            name += f"-n{len(taken)}"
        taken.add(key(name))
        return name

    return names().map(take)


def key(name: str) -> str:
    """Return what must differ in two names of a scope: WIT ignores case and hyphens."""
    return name.replace("-", "").lower()
