//! A recursive descent evaluator, one method for each level of precedence.

/// The value of an arithmetic expression (`+ - * / ^`, parentheses, unary minus); `None` where it is malformed.
pub fn evaluate(expression: &str) -> Option<f64> {
    let mut reader = Reader { rest: expression };
    let value = reader.sum()?;
    reader.peek().is_none().then_some(value)
}

/// What is left of the expression.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    /// The next byte that is not a blank.
    fn peek(&mut self) -> Option<u8> {
        self.rest = self.rest.trim_start_matches(' ');
        self.rest.bytes().next()
    }

    /// Steps over `symbol`, an ASCII character, if it comes next.
    fn accept(&mut self, symbol: u8) -> bool {
        let follows = self.peek() == Some(symbol);
        if follows {
            self.rest = &self.rest[1..];
        }
        follows
    }

    fn sum(&mut self) -> Option<f64> {
        let mut value = self.product()?;
        loop {
            if self.accept(b'+') {
                value += self.product()?;
            } else if self.accept(b'-') {
                value -= self.product()?;
            } else {
                return Some(value);
            }
        }
    }

    fn product(&mut self) -> Option<f64> {
        let mut value = self.unary()?;
        loop {
            if self.accept(b'*') {
                value *= self.unary()?;
            } else if self.accept(b'/') {
                value /= self.unary()?;
            } else {
                return Some(value);
            }
        }
    }

    fn unary(&mut self) -> Option<f64> {
        if self.accept(b'-') { Some(-self.unary()?) } else { self.power() }
    }

    /// Binds tighter than a minus sign before it, and groups to the right.
    fn power(&mut self) -> Option<f64> {
        let base = self.atom()?;
        if self.accept(b'^') { Some(base.powf(self.unary()?)) } else { Some(base) }
    }

    fn atom(&mut self) -> Option<f64> {
        if self.accept(b'(') {
            let value = self.sum()?;
            return self.accept(b')').then_some(value);
        }
        self.number()
    }

    /// Digits with an optional fraction.
    fn number(&mut self) -> Option<f64> {
        let length = number_length(self.rest.as_bytes());
        let (number, rest) = self.rest.split_at(length);
        self.rest = rest;
        number.parse().ok()
    }
}

/// The length in bytes of the number that `text` starts with, 0 without one.
fn number_length(text: &[u8]) -> usize {
    let whole = count_digits(text);
    if whole == 0 || text.get(whole) != Some(&b'.') {
        return whole;
    }
    whole + 1 + count_digits(&text[whole + 1..])
}

fn count_digits(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}
