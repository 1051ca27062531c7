//! Text of guests that people are shown: names may hold what controls a terminal.

use std::borrow::Cow;

/// The text, with control characters and others that cannot be seen replaced by their escapes, as `\u{1b}`.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_harmless) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_harmless(character) {
            shown.push(character);
        } else {
            shown.extend(character.escape_debug());
        }
    }
    Cow::Owned(shown)
}

fn is_harmless(character: char) -> bool {
    matches!(character, '\n' | '\t' | '\\' | '\'' | '"') || character.escape_debug().len() == 1
}
