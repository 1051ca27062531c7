//! Numbers as text.

const DIGITS: usize = 15;

/// A finite number as C's `%.15g` prints it: 15 significant digits without trailing zeros, with an exponent below 1e-4
/// and from 1e15 on. Zero has no sign.
pub fn format(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let scientific = format!("{value:.*e}", DIGITS - 1);
    let (digits, exponent) = scientific.split_once('e').expect("a number in scientific notation has an exponent");
    let exponent: isize = exponent.parse().expect("an exponent is an integer");
    match DIGITS.checked_add_signed(-1 - exponent) {
        Some(decimals) if exponent >= -4 => trim(&format!("{value:.decimals$}")).into(),
        _ => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{}e{sign}{:02}", trim(digits), exponent.unsigned_abs())
        }
    }
}

fn trim(decimal: &str) -> &str {
    if decimal.contains('.') { decimal.trim_end_matches('0').trim_end_matches('.') } else { decimal }
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn prints_as_c_does() {
        let cases = [
            (-0.0, "0"),
            (0.1 + 0.2, "0.3"),
            (1e14, "100000000000000"),
            (1e15, "1e+15"),
            (-1.5e-4, "-0.00015"),
            (1e-5, "1e-05"),
            (999_999_999_999_999.9, "1e+15"),
            (f64::MAX, "1.79769313486232e+308"),
            (f64::from_bits(1), "4.94065645841247e-324"),
        ];
        for (value, text) in cases {
            assert_eq!(format(value), text);
        }
    }
}
