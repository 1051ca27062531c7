//! A value that does not fit its WIT type: what was expected, what was found, and the path to it.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyString};

use crate::error::Error;

/// Why a value cannot be converted.
pub(crate) enum Reason {
    Mismatch(String),
    Range(String),
    /// A handle that cannot be used.
    Resource(String),
    /// The value's own code, such as `__index__`, raised.
    Raised(PyErr),
}

/// A failed conversion; the path grows while the failure travels outwards.
pub(crate) struct Problem {
    pub reason: Reason,
    path: Vec<String>,
}

pub(crate) type Converted<T> = Result<T, Box<Problem>>;

impl Problem {
    fn new(reason: Reason) -> Box<Self> {
        Box::new(Self { reason, path: Vec::new() })
    }

    /// A value of another type than `expected`.
    #[cold]
    pub(crate) fn mismatch(expected: &str, got: &Bound<'_, PyAny>) -> Box<Self> {
        Self::new(Reason::Mismatch(format!("expected {expected}, got {}", describe(got))))
    }

    /// A value of the right type that the WIT type cannot hold.
    #[cold]
    pub(crate) fn range(message: impl Into<String>) -> Box<Self> {
        Self::new(Reason::Range(message.into()))
    }

    /// A handle that cannot be passed: dropped, given away, lent, or of another instance.
    #[cold]
    pub(crate) fn resource(message: impl Into<String>) -> Box<Self> {
        Self::new(Reason::Resource(message.into()))
    }

    #[cold]
    pub(crate) fn raised(error: PyErr) -> Box<Self> {
        Self::new(Reason::Raised(error))
    }

    /// The same problem, one step further out: `.name` or `[3]`.
    #[cold]
    pub(crate) fn within(mut self: Box<Self>, step: impl Into<String>) -> Box<Self> {
        self.path.push(step.into());
        self
    }

    /// The exception for a problem in a value of `function`.
    #[cold]
    pub(crate) fn into_error(self, function: &str) -> PyErr {
        let path: String = self.path.iter().rev().map(String::as_str).collect();
        let path = path.strip_prefix('.').unwrap_or(&path);
        let place = if path.is_empty() { format!("{function}()") } else { format!("{function}(): {path}") };
        match self.reason {
            Reason::Mismatch(message) => Error::TypeMismatch(format!("{place}: {message}")).into(),
            Reason::Range(message) => Error::OutOfRange(format!("{place}: {message}")).into(),
            Reason::Resource(message) => Error::Resource(format!("{place}: {message}")).into(),
            Reason::Raised(error) => error,
        }
    }
}

/// A short description of a value: its type, and the value itself where it is small.
fn describe(value: &Bound<'_, PyAny>) -> String {
    let type_name = value.get_type().name().map_or_else(|_| "an object".to_owned(), |name| name.to_string());
    if value.is_none() {
        return "None".to_owned();
    }
    if !value.is_exact_instance_of::<PyBool>() && !value.is_exact_instance_of::<PyString>() {
        return type_name; // the value's own `__repr__` may be slow, or fail
    }
    match value.repr() {
        Ok(text) if text.len().is_ok_and(|length| length <= 40) => format!("{type_name} {text}"),
        _ => type_name,
    }
}
