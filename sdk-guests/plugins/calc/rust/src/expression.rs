//! The value of an expression, by recursive descent:
//!
//! ```text
//! sum     = product { ("+" | "-") product }
//! product = signed { ("*" | "/") signed }
//! signed  = { "+" | "-" } power
//! power   = atom [ "^" signed ]
//! atom    = NUMBER | CONSTANT | FUNCTION "(" sum { "," sum } ")" | "(" sum ")"
//! ```
//!
//! Values are computed while reading, so of several problems the leftmost is reported.

use crate::functions;
use crate::problem::Problem;
use crate::token::{Kind, Token, Tokens};

/// How many parentheses and powers may be open at once: the stack of a plugin is small.
const DEPTH: usize = 100;

type Result<T> = std::result::Result<T, Problem>;

/// The finite value of an expression.
pub fn evaluate(text: &str) -> Result<f64> {
    let mut parser = Parser::new(text);
    if parser.token.kind == Kind::End {
        return Err(Problem::Empty);
    }
    let value = parser.sum()?;
    match parser.token.kind {
        Kind::End => Ok(value),
        _ => Err(parser.unexpected("an operator or the end")),
    }
}

struct Parser<'a> {
    tokens: Tokens<'a>,
    /// The first token that is not used up.
    token: Token<'a>,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        let mut tokens = Tokens::new(text);
        let token = tokens.next();
        Self { tokens, token, depth: 0 }
    }

    fn sum(&mut self) -> Result<f64> {
        let mut value = self.product()?;
        while let Some(operator) = self.take_any(&["+", "-"]) {
            let other = self.product()?;
            value = finite(if operator.is("+") { value + other } else { value - other }, &operator)?;
        }
        Ok(value)
    }

    fn product(&mut self) -> Result<f64> {
        let mut value = self.signed()?;
        while let Some(operator) = self.take_any(&["*", "/"]) {
            let other = self.signed()?;
            value = if operator.is("*") { value * other } else { divide(value, other, &operator)? };
            finite(value, &operator)?;
        }
        Ok(value)
    }

    fn signed(&mut self) -> Result<f64> {
        let mut negative = false;
        while let Some(sign) = self.take_any(&["+", "-"]) {
            negative ^= sign.is("-");
        }
        let value = self.power()?;
        Ok(if negative { -value } else { value })
    }

    fn power(&mut self) -> Result<f64> {
        let base = self.atom()?;
        match self.take("^") {
            Some(operator) => {
                let exponent = self.nested("powers", &operator, Self::signed)?;
                finite(base.powf(exponent), &operator)
            }
            None => Ok(base),
        }
    }

    fn atom(&mut self) -> Result<f64> {
        let token = self.token;
        match token.kind {
            Kind::Number => {
                self.advance();
                number(&token)
            }
            Kind::Name => {
                self.advance();
                self.named(&token)
            }
            _ => match self.take("(") {
                Some(open) => self.nested("parentheses", &open, Self::group),
                None => Err(self.unexpected("a number, '(' or a function")),
            },
        }
    }

    /// What follows `(`.
    fn group(&mut self) -> Result<f64> {
        let value = self.sum()?;
        match self.take(")") {
            Some(_) => Ok(value),
            None => Err(self.unexpected("an operator or ')'")),
        }
    }

    /// A constant, or a function with its arguments.
    fn named(&mut self, token: &Token) -> Result<f64> {
        if let Some(value) = functions::constant(token.text) {
            return Ok(value);
        }
        let (name, column) = (token.text, token.column);
        let Some(function) = functions::function(name) else {
            let name = name.into();
            return Err(if self.token.is("(") {
                Problem::UnknownFunction { name, column }
            } else {
                Problem::UnknownName { name, column }
            });
        };
        let open = self.take("(").ok_or_else(|| self.unexpected("'('"))?;
        let arguments = self.nested("parentheses", &open, Self::arguments)?;
        let (takes, got) = (function.takes(), arguments.len());
        let value = function.call(&arguments);
        finite(value.ok_or_else(|| Problem::Arguments { function: name.into(), takes, got, column })?, token)
    }

    /// What follows a function's `(`.
    fn arguments(&mut self) -> Result<Vec<f64>> {
        let mut arguments = vec![self.sum()?];
        while self.take(",").is_some() {
            arguments.push(self.sum()?);
        }
        match self.take(")") {
            Some(_) => Ok(arguments),
            None => Err(self.unexpected("an operator, ',' or ')'")),
        }
    }

    /// Reads something one level deeper, which `opener` opened.
    fn nested<T>(
        &mut self,
        what: &'static str,
        opener: &Token,
        read: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        if self.depth == DEPTH {
            return Err(Problem::TooDeep { what, column: opener.column });
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn take_any(&mut self, symbols: &[&str]) -> Option<Token<'a>> {
        symbols.iter().find_map(|symbol| self.take(symbol))
    }

    fn take(&mut self, symbol: &str) -> Option<Token<'a>> {
        self.token.is(symbol).then(|| self.advance())
    }

    /// Uses up the token and returns it.
    fn advance(&mut self) -> Token<'a> {
        std::mem::replace(&mut self.token, self.tokens.next())
    }

    fn unexpected(&self, expected: &'static str) -> Problem {
        Problem::Unexpected { expected, column: self.token.column, found: self.token.text.into() }
    }
}

fn number(token: &Token) -> Result<f64> {
    match token.text.parse() {
        Ok(value) if f64::is_finite(value) => Ok(value),
        _ => Err(Problem::NumberTooLarge { column: token.column }),
    }
}

fn divide(dividend: f64, divisor: f64, operator: &Token) -> Result<f64> {
    if divisor == 0.0 {
        return Err(Problem::DivisionByZero { column: operator.column });
    }
    Ok(dividend / divisor)
}

/// `value`, unless it overflowed or does not exist; `origin` is the operator or function that it comes from.
fn finite(value: f64, origin: &Token) -> Result<f64> {
    if value.is_finite() { Ok(value) } else { Err(Problem::NotFinite { column: origin.column }) }
}
