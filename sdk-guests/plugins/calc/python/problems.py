"""What can be wrong with an expression."""


class ProblemError(Exception):
    """Why an expression has no value, in words for the user."""


class ColumnError(ProblemError):
    """A problem at one place.

    Args:
        message: What is wrong.
        column: Where: the number of a character of the text, from 1.
        detail: What follows the place in the message.
    """

    def __init__(self, message: str, column: int, detail: str = "") -> None:
        super().__init__(f"{message} at column {column}{detail}")
