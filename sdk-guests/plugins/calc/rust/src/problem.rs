//! What can be wrong with an expression.

use std::fmt;

/// Why an expression has no value. Columns count the text's characters from 1.
#[derive(Debug)]
pub enum Problem {
    Empty,
    /// `found` is the token's text, empty at the end of the expression.
    Unexpected {
        expected: &'static str,
        column: usize,
        found: String,
    },
    UnknownFunction {
        name: String,
        column: usize,
    },
    UnknownName {
        name: String,
        column: usize,
    },
    Arguments {
        function: String,
        takes: usize,
        got: usize,
        column: usize,
    },
    /// `what` is parentheses or powers.
    TooDeep {
        what: &'static str,
        column: usize,
    },
    NumberTooLarge {
        column: usize,
    },
    DivisionByZero {
        column: usize,
    },
    NotFinite {
        column: usize,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("type an expression after '='"),
            Self::Unexpected { expected, column, found } if found.is_empty() => {
                write!(f, "expected {expected} at column {column}, found the end")
            }
            Self::Unexpected { expected, column, found } => {
                write!(f, "expected {expected} at column {column}, found '{found}'")
            }
            Self::UnknownFunction { name, column } => write!(f, "unknown function '{name}' at column {column}"),
            Self::UnknownName { name, column } => write!(f, "unknown name '{name}' at column {column}"),
            Self::Arguments { function, takes, got, column } => {
                let plural = if *takes == 1 { "" } else { "s" };
                write!(f, "'{function}' takes {takes} argument{plural}, got {got} at column {column}")
            }
            Self::TooDeep { what, column } => write!(f, "too many nested {what} at column {column}"),
            Self::NumberTooLarge { column } => write!(f, "number too large at column {column}"),
            Self::DivisionByZero { column } => write!(f, "division by zero at column {column}"),
            Self::NotFinite { column } => write!(f, "result is not a finite number at column {column}"),
        }
    }
}
