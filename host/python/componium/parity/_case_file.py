"""Case files: calls and rules in TOML."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from componium._calls.functions import find_function
from componium._calls.trace import Call
from componium.parity._case import Case
from componium.parity._rules import Rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from componium._calls.functions import WorldFunction


@dataclass(frozen=True)
class CaseFile:
    """What a case file says."""

    cases: tuple[Case, ...]
    rules: Mapping[str, Rules]
    """By the functions' names in WIT."""


def read_case_file(
    path: Path, functions: Mapping[str, WorldFunction], imports: Mapping[str, WorldFunction]
) -> CaseFile:
    """Read cases and rules.

    Args:
        path: The file.
        functions: The functions that can be called, by name.
        imports: The functions of the application, by name.

    Raises:
        ValueError: The file is not TOML, says something else than cases and rules, or names no function; the message
            has file and case.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        _only(document, {"case", "function"}, "the file")
        rules = {
            find_function(functions, name).name: _rules(table) for name, table in document.get("function", {}).items()
        }
        cases = [_case(table, number, functions, imports) for number, table in enumerate(document.get("case", []), 1)]
    except (ValueError, TypeError) as error:  # TOMLDecodeError is a ValueError
        raise ValueError(f"{path}: {error}") from error
    return CaseFile(tuple(cases), rules)


def _rules(table: dict[str, Any]) -> Rules:
    _only(table, {"tolerance", "nondeterministic"}, "a function")
    return Rules(table.get("tolerance", {}), nondeterministic=bool(table.get("nondeterministic", False)))


def _case(
    table: dict[str, Any],
    number: int,
    functions: Mapping[str, WorldFunction],
    imports: Mapping[str, WorldFunction],
) -> Case:
    name = f"case {table.get('name', number)!r}"
    _only(table, {"name", "function", "arguments", "calls", "answers"}, name)
    if ("calls" in table) == ("function" in table):
        raise ValueError(f"{name}: needs either `function` and `arguments`, or `calls` with a list of them")
    calls = [_call(each, name, functions) for each in table.get("calls", [table])]
    answers = {find_function(imports, key).name: tuple(given) for key, given in table.get("answers", {}).items()}
    return Case(tuple(calls), answers, name)


def _call(table: dict[str, Any], name: str, functions: Mapping[str, WorldFunction]) -> Call:
    try:
        function = find_function(functions, table["function"])
    except (KeyError, ValueError) as error:
        raise ValueError(f"{name}: {error}") from error
    return Call(function.name, tuple(table.get("arguments", ())))


def _only(table: dict[str, Any], known: set[str], place: str) -> None:
    unknown = sorted(table.keys() - known)
    if unknown:
        raise ValueError(f"{place} has {unknown[0]!r}, which is none of {', '.join(sorted(known))}")
