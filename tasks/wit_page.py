"""Writes the reference page of the contracts from the comments of the WIT files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# A comment, a mark that structure hangs on, or anything between.
PIECE = re.compile(r"//[^\n]*\n?|/\*.*?\*/|[{};]|\s+|[^\s{};/]+|/", re.DOTALL)

# Declarations that hold declarations worth a heading; the others are shown whole.
CONTAINERS = ("interface", "world")


@dataclass(frozen=True)
class Declaration:
    """One declaration of a WIT file: an interface, a function, a record, ..."""

    documentation: str
    """Its `///` lines, as Markdown."""

    head: str
    """Its text up to the opening brace or the semicolon: `interface host`, `log: func(level: level)`."""

    body: str | None
    """What stands between its braces, if it has any."""

    @property
    def keyword(self) -> str:
        """The first word: what kind of declaration this is, or the name of a function."""
        return re.split(r"[\s:]", self.head, maxsplit=1)[0]

    @property
    def name(self) -> str:
        """What it declares: `host`, `log`, `componium:launcher@0.1.0`."""
        function = re.match(r"([\w%-]+):\s", self.head)
        return function[1] if function else self.head.split(maxsplit=1)[-1].split("=")[0].strip()

    @property
    def source(self) -> str:
        """The declaration as WIT, without the comments before it."""
        return f"{self.head};" if self.body is None else f"{self.head} {{{self.body}}}"


def parse_declarations(text: str) -> Iterator[Declaration]:
    """Split WIT text into the declarations of its outermost level.

    Args:
        text: A WIT file, or the body of an interface or world.
    """
    documentation: list[str] = []
    parts: list[str] = []
    depth = 0
    for piece in PIECE.findall(text):
        if not parts and (piece.isspace() or piece.startswith(("//", "/*"))):
            if piece.startswith("///"):
                documentation.append(piece[3:].strip())
            continue
        parts.append(piece)
        depth += (piece == "{") - (piece == "}")
        # The braces of `use types.{a, b};` are not a body.
        if depth == 0 and (piece == ";" or (piece == "}" and parts[0] != "use")):
            yield make_declaration("\n".join(documentation), "".join(parts))
            documentation, parts = [], []


def make_declaration(documentation: str, source: str) -> Declaration:
    """Return the declaration of which `source` is the full text, semicolon or closing brace included."""
    if source.endswith(";"):
        return Declaration(documentation, source[:-1], None)
    head, _, body = source[:-1].partition("{")
    return Declaration(documentation, head.strip(), body)


def prose(documentation: str) -> str:
    """Return documentation as Markdown in which `<id>`, outside code, is text and not a tag."""
    parts = documentation.split("`")
    return "`".join(part if index % 2 else part.replace("<", "&lt;") for index, part in enumerate(parts))


def contract_section(path: Path, text: str) -> str:
    """Return one WIT file as Markdown, with a heading for the package, each interface, each world and what is in them.

    Args:
        path: The file, as readers know it: relative to the repository.
        text: What it contains.
    """
    lines: list[str] = []
    package = ""
    for declaration in parse_declarations(text):
        if declaration.keyword == "package":
            package = declaration.name.partition(":")[2].partition("@")[0]
            lines += heading(2, f"`{declaration.name}`", package)
            lines += [prose(declaration.documentation), "", f"File `{path.as_posix()}`.", ""]
        elif declaration.keyword in CONTAINERS:
            lines += container_section(package, declaration)
    return "\n".join(lines)


def container_section(package: str, container: Declaration) -> list[str]:
    """Return the lines of an interface, with its members, or of a world, in full.

    Args:
        package: The name of the package, for the links to the headings.
        container: The interface or world.
    """
    anchor = f"{package}-{container.name}"
    lines = [
        *heading(3, f"{container.keyword.capitalize()} `{container.name}`", anchor),
        prose(container.documentation),
        "",
    ]
    if container.keyword == "world":
        return [*lines, *code_block(container.source)]
    for member in parse_declarations(container.body or ""):
        lines += heading(4, f"`{member.name}`", f"{anchor}-{member.name}")
        lines += [prose(member.documentation), "", *code_block(member.source)]
    return lines


def heading(level: int, title: str, anchor: str) -> list[str]:
    """Return the lines of a heading with an anchor that does not depend on its words."""
    return [f"{'#' * level} {title} {{ #{anchor} }}", ""]


def code_block(source: str) -> list[str]:
    """Return the lines of a code block, moved to the left margin; Rust's highlighting comes closest to WIT."""
    first, *rest = source.splitlines()
    margin = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=0)
    return ["```rust", first, *(line[margin:] for line in rest), "```", ""]
