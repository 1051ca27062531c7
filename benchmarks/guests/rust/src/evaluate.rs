//! A recursive descent evaluator, one method for each level of precedence.

/// The value of an arithmetic expression (`+ - * / ^`, parentheses, unary minus); `None` where it is malformed.
pub fn evaluate(expression: &str) -> Option<f64> {
    let mut reader = Reader { rest: expression.as_bytes() };
    let value = reader.sum()?;
    reader.skip_blanks();
    reader.rest.is_empty().then_some(value)
}

/// What is left of the expression.
struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn skip_blanks(&mut self) {
        while let [b' ', rest @ ..] = self.rest {
            self.rest = rest;
        }
    }

    /// Steps over `symbol` if it comes next.
    fn accept(&mut self, symbol: u8) -> bool {
        self.skip_blanks();
        match self.rest {
            [first, rest @ ..] if *first == symbol => {
                self.rest = rest;
                true
            }
            _ => false,
        }
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

    /// Digits with an optional fraction. Exact for up to 15 digits: both the digits and the scale are then exact.
    fn number(&mut self) -> Option<f64> {
        let mut digits = f64::from(self.digit()?);
        let mut scale = 1.0;
        while let Some(digit) = self.digit() {
            digits = digits * 10.0 + f64::from(digit);
        }
        if let [b'.', rest @ ..] = self.rest {
            self.rest = rest;
            while let Some(digit) = self.digit() {
                digits = digits * 10.0 + f64::from(digit);
                scale *= 10.0;
            }
        }
        Some(digits / scale)
    }

    /// Steps over a digit if one comes next.
    fn digit(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        first.is_ascii_digit().then(|| {
            self.rest = rest;
            first - b'0'
        })
    }
}
