"""Type expressions, and how they are broken into lines as Ruff's formatter does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Qualify: TypeAlias = Callable[[str], str]
"""Gives the name that reaches a builtin or module where a member of the class hides its plain name."""

INDENT = "    "


@dataclass(frozen=True)
class Name:
    """A name, or what is written like one."""

    text: str

    def render(self, qualify: Qualify) -> str:
        """Write the expression in one line."""
        return qualify(self.text)


@dataclass(frozen=True)
class Subscript:
    """`base[arguments]`."""

    base: Name
    arguments: tuple[Expression, ...]

    def render(self, qualify: Qualify) -> str:
        """Write the expression in one line."""
        arguments = ", ".join(argument.render(qualify) for argument in self.arguments)
        return f"{self.base.render(qualify)}[{arguments}]"


@dataclass(frozen=True)
class Union:
    """`A | B`."""

    members: tuple[Expression, ...]

    def render(self, qualify: Qualify) -> str:
        """Write the expression in one line."""
        return " | ".join(member.render(qualify) for member in self.members)


Expression: TypeAlias = Name | Subscript | Union

NONE = Name("None")


def union(*members: Expression) -> Expression:
    """Join alternatives: nested ones are unfolded, repeated ones left out, and `None` comes last."""
    flat: list[Expression] = []
    for member in members:
        flat.extend(member.members if isinstance(member, Union) else (member,))
    unique = [member for member in dict.fromkeys(flat) if member != NONE]
    if NONE in flat:
        unique.append(NONE)
    return unique[0] if len(unique) == 1 else Union(tuple(unique))


def fit(prefix: str, expression: Expression, suffix: str, width: int, qualify: Qualify) -> list[str]:
    """Write an expression between a prefix, whose indentation counts, and a suffix, in as few lines as fit.

    Args:
        prefix: What stands before, such as `    value: `.
        expression: The expression.
        suffix: What stands behind, such as `,`.
        width: The length that no line should exceed.
        qualify: Gives the names to write.

    Returns:
        The lines.
    """
    line = f"{prefix}{expression.render(qualify)}{suffix}"
    indent = prefix[: len(prefix) - len(prefix.lstrip())]
    if len(line) <= width or isinstance(expression, Name):
        return [line]
    inner = indent + INDENT
    if isinstance(expression, Subscript):
        lines = [f"{prefix}{expression.base.render(qualify)}["]
        if len(expression.arguments) == 1:  # a comma would make it a tuple
            lines += _alone(inner, expression.arguments[0], width, qualify)
        else:
            for argument in expression.arguments:
                lines += fit(inner, argument, ",", width, qualify)
        return [*lines, f"{indent}]{suffix}"]
    return [f"{prefix}(", *_alone(inner, expression, width, qualify), f"{indent}){suffix}"]


def _alone(indent: str, expression: Expression, width: int, qualify: Qualify) -> list[str]:
    """Write what stands alone between brackets, which hold a union together."""
    line = f"{indent}{expression.render(qualify)}"
    if len(line) <= width or not isinstance(expression, Union):
        return fit(indent, expression, "", width, qualify)
    lines: list[str] = []
    for index, member in enumerate(expression.members):
        lines += fit(f"{indent}| " if index else indent, member, "", width, qualify)
    return lines
