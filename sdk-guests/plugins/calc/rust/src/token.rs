//! An expression's text as tokens.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Number,
    Name,
    /// Any other character: an operator, a parenthesis, or one that no expression has.
    Symbol,
    End,
}

/// A piece of the text, and the column where it starts: its first character's number, from 1.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    pub column: usize,
}

impl Token<'_> {
    pub fn is(&self, symbol: &str) -> bool {
        self.kind == Kind::Symbol && self.text == symbol
    }
}

pub fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

/// Takes tokens off the front of a text; after the last one, [`Kind::End`] for ever.
pub struct Tokens<'a> {
    rest: &'a str,
    column: usize,
}

impl<'a> Tokens<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { rest: text, column: 1 }
    }

    pub fn next(&mut self) -> Token<'a> {
        self.take(self.rest.len() - self.rest.trim_start_matches(is_space).len());
        let column = self.column;
        let (kind, length) = measure(self.rest);
        Token { kind, text: self.take(length), column }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (text, rest) = self.rest.split_at(length);
        self.column += text.chars().count();
        self.rest = rest;
        text
    }
}

/// The kind of the token that `text` starts with, and its length in bytes.
fn measure(text: &str) -> (Kind, usize) {
    let bytes = text.as_bytes();
    match bytes {
        [] => (Kind::End, 0),
        [b'0'..=b'9', ..] | [b'.', b'0'..=b'9', ..] => (Kind::Number, number_length(bytes)),
        [b'a'..=b'z' | b'A'..=b'Z', ..] => (Kind::Name, count(bytes, u8::is_ascii_alphanumeric)),
        _ => (Kind::Symbol, text.chars().next().map_or(0, char::len_utf8)),
    }
}

/// Digits, a point with more of them, and an exponent if it has digits: `1`, `1.`, `.5`, `1.5e-3`.
fn number_length(bytes: &[u8]) -> usize {
    let mut length = count(bytes, u8::is_ascii_digit);
    if bytes.get(length) == Some(&b'.') {
        length += 1 + count(&bytes[length + 1..], u8::is_ascii_digit);
    }
    length + exponent_length(&bytes[length..])
}

fn exponent_length(bytes: &[u8]) -> usize {
    let mark = match bytes {
        [b'e' | b'E', b'+' | b'-', ..] => 2,
        [b'e' | b'E', ..] => 1,
        _ => return 0,
    };
    match count(&bytes[mark..], u8::is_ascii_digit) {
        0 => 0,
        digits => mark + digits,
    }
}

fn count(bytes: &[u8], belongs: fn(&u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| belongs(byte)).count()
}
