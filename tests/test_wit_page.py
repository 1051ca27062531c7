"""The generator of the contracts' reference."""

from pathlib import Path

import pytest

from tasks.wit_page import contract_section, parse_declarations, prose

ROOT = Path(__file__).parent.parent

SAMPLE = """\
// Not part of the documentation.

/// A launcher.
package componium:sample@0.1.0;

/// Speaks.
/// Loudly.
interface voice {
  use types.{volume, pitch};

  /// How it went: {braces} in a comment; and a semicolon.
  enum outcome {
    /// Well.
    good,
    bad, // badly
  }

  /// Say it.
  say: func(text: string) -> result<outcome, string>;
}

world speaker {
  export voice;
}
"""


def test_declarations_of_a_file() -> None:
    """A file's outermost declarations come out in order, each with its documentation."""
    found = [(each.keyword, each.name, each.documentation) for each in parse_declarations(SAMPLE)]
    assert found == [
        ("package", "componium:sample@0.1.0", "A launcher."),
        ("interface", "voice", "Speaks.\nLoudly."),
        ("world", "speaker", ""),
    ]


def test_declarations_of_an_interface() -> None:
    """Braces and semicolons in comments and in `use` do not end a declaration."""
    interface = next(each for each in parse_declarations(SAMPLE) if each.keyword == "interface")
    use, outcome, say = parse_declarations(interface.body or "")
    assert use.source == "use types.{volume, pitch};"
    assert (outcome.keyword, outcome.name) == ("enum", "outcome")
    assert "bad, // badly" in outcome.source
    assert (say.name, say.source) == ("say", "say: func(text: string) -> result<outcome, string>;")


def test_section_has_a_heading_for_each_member() -> None:
    """The page links to a function by package, interface and name, whatever its heading says."""
    section = contract_section(Path("wit/sample.wit"), SAMPLE)
    assert "## `componium:sample@0.1.0` { #sample }" in section
    assert "#### `say` { #sample-voice-say }" in section
    assert "```rust\nenum outcome {\n  /// Well.\n  good,\n  bad, // badly\n}\n```" in section


def test_angle_brackets_are_text() -> None:
    """What looks like a tag is shown, and code stays as it is."""
    assert prose("row <id>, a `list<u8>`") == "row &lt;id>, a `list<u8>`"


@pytest.mark.parametrize("path", sorted(ROOT.joinpath("wit").rglob("*.wit")), ids=lambda path: path.stem)
def test_every_declaration_of_our_contracts_is_documented(path: Path) -> None:
    """The reference has no empty place: everything in our WIT files has a `///` comment."""
    for declaration in parse_declarations(path.read_text(encoding="utf-8")):
        assert declaration.documentation, declaration.head
        if declaration.keyword == "interface":
            for member in parse_declarations(declaration.body or ""):
                assert member.documentation or member.keyword == "use", member.head
