"""The value of an expression, by recursive descent.

    sum     = product { ("+" | "-") product }
    product = signed { ("*" | "/") signed }
    signed  = { "+" | "-" } power
    power   = atom [ "^" signed ]
    atom    = NUMBER | CONSTANT | FUNCTION "(" sum { "," sum } ")" | "(" sum ")"

Values are computed while reading, so of several problems the leftmost is reported.
"""

import math
from collections.abc import Callable
from typing import TypeVar

from functions import CONSTANTS, FUNCTIONS
from problems import ColumnError, ProblemError
from tokens import Kind, Token, tokenize

T = TypeVar("T")

DEPTH = 100
"""How many parentheses and powers may be open at once: the stack of a plugin is small."""


def evaluate(text: str) -> float:
    """Return the finite value of an expression.

    Raises:
        ProblemError: It has none; the message says why and in which column.
    """
    parser = Parser(text)
    if parser.at_end():
        raise ProblemError("type an expression after '='")
    value = parser.sum()
    if not parser.at_end():
        raise parser.unexpected("an operator or the end")
    return value


class Parser:
    """Reads one text, once.

    Args:
        text: The expression.

    Attributes:
        token: The first token that is not used up.
    """

    def __init__(self, text: str) -> None:
        self._tokens = tokenize(text)
        self._depth = 0
        self.token = next(self._tokens)

    def at_end(self) -> bool:
        """Whether all tokens are used up."""
        return self.token.kind is Kind.END

    def sum(self) -> float:
        """Read terms joined by + and -."""
        value = self._product()
        while operator := self._take("+-"):
            other = self._product()
            value = finite(value + other if operator.text == "+" else value - other, operator)
        return value

    def unexpected(self, expected: str) -> ColumnError:
        """Return the error that the token is not what the grammar has here."""
        found = "the end" if self.at_end() else f"'{self.token.text}'"
        return ColumnError(f"expected {expected}", self.token.column, f", found {found}")

    def _product(self) -> float:
        value = self._signed()
        while operator := self._take("*/"):
            other = self._signed()
            value = finite(value * other if operator.text == "*" else divide(value, other, operator), operator)
        return value

    def _signed(self) -> float:
        negative = False
        while sign := self._take("+-"):
            negative ^= sign.text == "-"
        value = self._power()
        return -value if negative else value

    def _power(self) -> float:
        base = self._atom()
        if operator := self._take("^"):
            exponent = self._nested("powers", operator, self._signed)
            return computed(lambda: math.pow(base, exponent), operator)
        return base

    def _atom(self) -> float:
        token = self.token
        if token.kind is Kind.NUMBER:
            self._advance()
            return number(token)
        if token.kind is Kind.NAME:
            self._advance()
            return self._named(token)
        if opener := self._take("("):
            return self._nested("parentheses", opener, self._group)
        raise self.unexpected("a number, '(' or a function")

    def _group(self) -> float:
        """Read what follows `(`."""
        value = self.sum()
        if not self._take(")"):
            raise self.unexpected("an operator or ')'")
        return value

    def _named(self, token: Token) -> float:
        """Read a constant, or a function with its arguments."""
        if (constant := CONSTANTS.get(token.text)) is not None:
            return constant
        function = FUNCTIONS.get(token.text)
        if function is None:
            what = "function" if self.token.is_symbol("(") else "name"
            raise ColumnError(f"unknown {what} '{token.text}'", token.column)
        opener = self._take("(")
        if opener is None:
            raise self.unexpected("'('")
        arguments = self._nested("parentheses", opener, self._arguments)
        if len(arguments) != function.takes:
            takes = "1 argument" if function.takes == 1 else f"{function.takes} arguments"
            raise ColumnError(f"'{token.text}' takes {takes}, got {len(arguments)}", token.column)
        return computed(lambda: function(arguments), token)

    def _arguments(self) -> list[float]:
        """Read what follows a function's `(`."""
        arguments = [self.sum()]
        while self._take(","):
            arguments.append(self.sum())
        if not self._take(")"):
            raise self.unexpected("an operator, ',' or ')'")
        return arguments

    def _nested(self, what: str, opener: Token, read: Callable[[], T]) -> T:
        """Read something one level deeper, which `opener` opened."""
        if self._depth == DEPTH:
            raise ColumnError(f"too many nested {what}", opener.column)
        self._depth += 1
        value = read()
        self._depth -= 1
        return value

    def _take(self, symbols: str) -> Token | None:
        """Use up the token if it is one of some symbols."""
        return self._advance() if self.token.is_symbol(symbols) else None

    def _advance(self) -> Token:
        """Use up the token and return it."""
        token = self.token
        self.token = next(self._tokens, token)
        return token


def number(token: Token) -> float:
    """Return the value of a number's token."""
    value = float(token.text)
    if not math.isfinite(value):
        raise ColumnError("number too large", token.column)
    return value


def divide(dividend: float, divisor: float, operator: Token) -> float:
    """Return the quotient, or raise the error that there is none."""
    if divisor == 0.0:
        raise ColumnError("division by zero", operator.column)
    return dividend / divisor


def computed(compute: Callable[[], float], origin: Token) -> float:
    """Return what a function of `math` returns; where it raises, IEEE 754 has an infinity or no number."""
    try:
        return finite(compute(), origin)
    except (OverflowError, ValueError) as error:
        raise not_finite(origin) from error


def finite(value: float, origin: Token) -> float:
    """Return `value`, unless it overflowed; `origin` is the operator or function that it comes from."""
    if not math.isfinite(value):
        raise not_finite(origin)
    return value


def not_finite(origin: Token) -> ColumnError:
    """Return the error that a result overflowed or does not exist."""
    return ColumnError("result is not a finite number", origin.column)
