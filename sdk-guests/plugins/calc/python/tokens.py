"""An expression's text as tokens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

SPACES = " \t\r\n"

# A number needs a digit before or after its point, an exponent needs digits; any other character is a token of its own.
PATTERN = re.compile(
    r"""[ \t\r\n]*
    (?: (?P<number> (?: [0-9]+ (?: \.[0-9]* )? | \.[0-9]+ ) (?: [eE][+-]?[0-9]+ )? )
      | (?P<name> [a-zA-Z][a-zA-Z0-9]* )
      | (?P<symbol> . )
      | (?P<end> \Z )
    )""",
    re.VERBOSE | re.DOTALL,
)


class Kind(Enum):
    """What a token is; a symbol is an operator, a parenthesis, or a character that no expression has."""

    NUMBER = auto()
    NAME = auto()
    SYMBOL = auto()
    END = auto()


KINDS = {"number": Kind.NUMBER, "name": Kind.NAME, "symbol": Kind.SYMBOL, "end": Kind.END}


@dataclass(frozen=True)
class Token:
    """A piece of the text, and the column where it starts: its first character's number, from 1."""

    kind: Kind
    text: str
    column: int

    def is_symbol(self, symbols: str) -> bool:
        """Tell whether the token is one of some symbols of one character each."""
        return self.kind is Kind.SYMBOL and self.text in symbols


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of a text, an END last."""
    for match in PATTERN.finditer(text):
        group = match.lastgroup or "end"
        yield Token(KINDS[group], match[group], match.start(group) + 1)
        if group == "end":
            return
