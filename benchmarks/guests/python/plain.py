"""The benchmark's workloads in plain Python: imported by the WebAssembly guest and by the in-process baseline."""

import math

MODULUS = 2**32
MESSAGES = ("connected", "request served", "page not found", "closed by peer")


def add(a: int, b: int) -> int:
    """Return `a + b` modulo 2^32."""
    return (a + b) % MODULUS


def receive(data: bytes) -> int:
    """Return the number of bytes plus the first and the last of them, modulo 2^32; 0 where there are none."""
    return (len(data) + data[0] + data[-1]) % MODULUS if data else 0


def sum_bytes(data: bytes) -> int:
    """Return the sum of all bytes."""
    return sum(data)


def echo(text: str) -> str:
    """Return the same text: what is measured is the way there and back."""
    return text


def rows(count: int) -> list[tuple[int, str]]:
    """Return the rows 0 to `count - 1` as pairs of id and message."""
    return [(number, MESSAGES[number % len(MESSAGES)]) for number in range(count)]


def evaluate(expression: str) -> float:
    """Return the value of an expression (`+ - * / ^`, parentheses, unary minus); NaN where it is malformed."""
    reader = Reader(expression)
    try:
        value = reader.sum()
    except ValueError:
        return math.nan
    return value if reader.peek() == "" else math.nan


class Reader:
    """A recursive descent evaluator, one method for each level of precedence."""

    def __init__(self, text: str) -> None:
        """Start at the first character of `text`."""
        self.text = text
        self.position = 0

    def peek(self) -> str:
        """Return the next character that is not a blank, or an empty string at the end."""
        while self.text[self.position : self.position + 1] == " ":
            self.position += 1
        return self.text[self.position : self.position + 1]

    def accept(self, symbol: str) -> bool:
        """Step over `symbol` if it comes next, and say whether it did."""
        if self.peek() != symbol:
            return False
        self.position += 1
        return True

    def sum(self) -> float:
        """Read products joined by `+` and `-`."""
        value = self.product()
        while True:
            if self.accept("+"):
                value += self.product()
            elif self.accept("-"):
                value -= self.product()
            else:
                return value

    def product(self) -> float:
        """Read operands joined by `*` and `/`."""
        value = self.unary()
        while True:
            if self.accept("*"):
                value *= self.unary()
            elif self.accept("/"):
                value = divide(value, self.unary())
            else:
                return value

    def unary(self) -> float:
        """Read an operand with any number of minus signs before it."""
        return -self.unary() if self.accept("-") else self.power()

    def power(self) -> float:
        """Read a power: it binds tighter than a minus sign before it, and groups to the right."""
        base = self.atom()
        return raise_to(base, self.unary()) if self.accept("^") else base

    def atom(self) -> float:
        """Read a number or a sum in parentheses.

        Raises:
            ValueError: Neither comes next, or a parenthesis is not closed.
        """
        if self.accept("("):
            value = self.sum()
            if not self.accept(")"):
                raise ValueError(self.position)
            return value
        return self.number()

    def number(self) -> float:
        """Read digits with an optional fraction.

        Raises:
            ValueError: No digit comes next.
        """
        start = self.position
        while "0" <= self.text[self.position : self.position + 1] <= "9":
            self.position += 1
        if self.position > start and self.text[self.position : self.position + 1] == ".":
            self.position += 1
            while "0" <= self.text[self.position : self.position + 1] <= "9":
                self.position += 1
        return float(self.text[start : self.position])


def divide(dividend: float, divisor: float) -> float:
    """Divide as IEEE 754 does: by zero to infinity or NaN, where Python raises."""
    try:
        return dividend / divisor
    except ZeroDivisionError:
        return dividend * math.copysign(math.inf, divisor)


def raise_to(base: float, exponent: float) -> float:
    """Raise to a power as C's `pow` does: to infinity or NaN, where Python raises."""
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan
