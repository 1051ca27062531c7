//! Values that are one core value: numbers, characters, members of an enum.

use pyo3::exceptions::{PyOverflowError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyInt, PyString};

use crate::problem::{Converted, Problem};
use crate::types::{Kind, Members, Type};

/// The bit pattern that every NaN becomes: the canonical ABI's `canonicalize_nan32`.
const CANONICAL_NAN32: u32 = 0x7fc0_0000;
/// The bit pattern that every NaN becomes: the canonical ABI's `canonicalize_nan64`.
pub(crate) const CANONICAL_NAN64: u64 = 0x7ff8_0000_0000_0000;

/// The bits of a value that is one core value.
pub(crate) fn scalar(ty: &Type, value: &Bound<'_, PyAny>) -> Converted<u64> {
    macro_rules! integer {
        ($ty:ty, $name:literal, $bits:expr) => {
            match (!value.is_instance_of::<PyBool>()).then(|| value.extract::<$ty>()) {
                Some(Ok(number)) => Ok($bits(number)),
                Some(Err(error)) => Err(integer_problem(value, error, $name, <$ty>::MIN, <$ty>::MAX)),
                None => Err(Problem::mismatch(concat!("int (", $name, ")"), value)),
            }
        };
    }
    // Signed numbers up to 32 bits travel as a core i32, whatever their size.
    fn signed(number: impl Into<i32>) -> u64 {
        number.into().cast_unsigned().into()
    }
    match &ty.kind {
        Kind::Bool => match value.cast_exact::<PyBool>() {
            Ok(flag) => Ok(flag.is_true().into()),
            Err(_) => Err(Problem::mismatch("bool", value)),
        },
        Kind::S8 => integer!(i8, "s8", signed),
        Kind::S16 => integer!(i16, "s16", signed),
        Kind::S32 => integer!(i32, "s32", signed),
        Kind::S64 => integer!(i64, "s64", i64::cast_unsigned),
        Kind::U8 => integer!(u8, "u8", u64::from),
        Kind::U16 => integer!(u16, "u16", u64::from),
        Kind::U32 => integer!(u32, "u32", u64::from),
        Kind::U64 => integer!(u64, "u64", u64::from),
        Kind::F32 => float32(float(value, "f32")?),
        Kind::F64 => {
            Ok(float(value, "f64").map(|number| if number.is_nan() { CANONICAL_NAN64 } else { number.to_bits() })?)
        }
        Kind::Char => character(value),
        Kind::Enum(members) => member_index(members, value).map(u64::from),
        _ => unreachable!("{ty:?} is not a scalar"),
    }
}

#[cold]
fn integer_problem(
    value: &Bound<'_, PyAny>,
    error: PyErr,
    name: &str,
    least: impl std::fmt::Display,
    most: impl std::fmt::Display,
) -> Box<Problem> {
    let py = value.py();
    if error.is_instance_of::<PyOverflowError>(py) {
        let got = value.str().map_or_else(|_| "a larger number".to_owned(), |text| text.to_string());
        return Problem::range(format!("expected {name} ({least} to {most}), got {got}"));
    }
    if error.is_instance_of::<PyTypeError>(py) && value.hasattr("__index__").is_ok_and(|has| !has) {
        return Problem::mismatch(&format!("int ({name})"), value);
    }
    Problem::raised(error)
}

fn float(value: &Bound<'_, PyAny>, name: &str) -> Converted<f64> {
    if value.is_instance_of::<PyBool>() {
        return Err(Problem::mismatch("float", value));
    }
    value.extract::<f64>().map_err(|error| {
        let py = value.py();
        let has = |method| value.hasattr(method).is_ok_and(|has| has);
        if error.is_instance_of::<PyTypeError>(py) && !has("__float__") && !has("__index__") {
            Problem::mismatch("float", value)
        } else if error.is_instance_of::<PyOverflowError>(py) && value.is_instance_of::<PyInt>() {
            Problem::range(format!("expected {name}, got an int beyond its range"))
        } else {
            Problem::raised(error)
        }
    })
}

#[allow(clippy::cast_possible_truncation)] // rounding to f32 is what the type asks for
fn float32(number: f64) -> Converted<u64> {
    let narrow = number as f32;
    if number.is_finite() && narrow.is_infinite() {
        return Err(Problem::range(format!("expected f32 (at most {:e} in size), got {number:e}", f32::MAX)));
    }
    Ok(if narrow.is_nan() { CANONICAL_NAN32 } else { narrow.to_bits() }.into())
}

fn character(value: &Bound<'_, PyAny>) -> Converted<u64> {
    let Ok(text) = value.cast::<PyString>() else { return Err(Problem::mismatch("a str of one character", value)) };
    let Ok(text) = text.to_str() else { return Err(Problem::range("expected a character, got a surrogate")) };
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => Ok(u32::from(character).into()),
        _ => Err(Problem::range(format!("expected one character, got {}", text.chars().count()))),
    }
}

/// The index of an enum's case: a member or its name.
fn member_index(members: &Members, value: &Bound<'_, PyAny>) -> Converted<u32> {
    let found = members.members.iter().position(|member| value.is(member));
    let by_name = || {
        let name = value.cast::<PyString>().ok()?.to_str().ok()?;
        members.names.iter().position(|candidate| candidate == name)
    };
    match found.or_else(by_name) {
        Some(index) => u32::try_from(index).map_err(|_| Problem::range("too many cases")),
        None if value.is_instance_of::<PyString>() => {
            let got = value.str().map(|text| text.to_string()).unwrap_or_default();
            Err(Problem::range(format!("expected one of {}, got {got:?}", members.names.join(", "))))
        }
        None => Err(Problem::mismatch(&format!("{} or its name", members.name), value)),
    }
}
