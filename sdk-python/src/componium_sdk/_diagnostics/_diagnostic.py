"""One error of a compiler, in the form that all of them share."""

from dataclasses import dataclass

from componium_sdk._errors import BuildError, Place


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """An error and its place.

    Attributes:
        message: What is wrong, without the place.
        place: Where, if the tool said so; its file is absolute.
    """

    message: str
    place: Place | None = None

    def error(self, tool: str, output: str) -> BuildError:
        """The exception for it.

        Args:
            tool: Who says so.
            output: Everything that the tool said.
        """
        return BuildError(tool, self.message, output.strip(), self.place)


def last_line(output: str) -> str:
    """The last line that is not blank, for output that has no other structure."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "failed without a message"
