//! The names that an expression may use.

use std::f64::consts;

/// A function with as many arguments as its variant says.
pub enum Function {
    One(fn(f64) -> f64),
    Two(fn(f64, f64) -> f64),
}

impl Function {
    /// How many arguments the function takes.
    pub fn takes(&self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Two(_) => 2,
        }
    }

    /// The function's value, or `None` for another number of arguments than it takes.
    pub fn call(&self, arguments: &[f64]) -> Option<f64> {
        match (self, arguments) {
            (Self::One(function), &[x]) => Some(function(x)),
            (Self::Two(function), &[x, y]) => Some(function(x, y)),
            _ => None,
        }
    }
}

pub fn constant(name: &str) -> Option<f64> {
    match name {
        "pi" => Some(consts::PI),
        "e" => Some(consts::E),
        _ => None,
    }
}

pub fn function(name: &str) -> Option<Function> {
    use Function::{One, Two};
    Some(match name {
        "sqrt" => One(f64::sqrt),
        "abs" => One(f64::abs),
        "sin" => One(f64::sin),
        "cos" => One(f64::cos),
        "tan" => One(f64::tan),
        "ln" => One(f64::ln),
        "log10" => One(f64::log10),
        "exp" => One(f64::exp),
        "floor" => One(f64::floor),
        "ceil" => One(f64::ceil),
        "round" => One(f64::round),
        "min" => Two(f64::min),
        "max" => Two(f64::max),
        _ => return None,
    })
}
