//! Why calls of guests fail, whatever their kind, and the exceptions that callers get.

use std::fmt::Write as _;

use pyo3::prelude::*;

use crate::error::{Error, Frame};
use crate::lift::Invalid;

/// Why a call of a guest failed. Boxed wherever it is returned, to keep results in registers.
pub(crate) enum Failure {
    /// A function that the guest called raised, or the interpreter did; and where the guest was.
    Raised { error: PyErr, frames: Vec<Frame> },
    /// The call ran past its deadline, in seconds.
    Deadline { limit: f64 },
    /// The guest failed after it was refused memory.
    Memory { wanted: usize, limit: usize },
    /// The other end of a wire failed, or the way to it; it makes the exception itself.
    Peer { error: PyErr, failed: Py<PyAny> },
    /// The guest failed.
    Trap { reason: String, frames: Vec<Frame> },
}

impl Failure {
    /// A guest broke the canonical ABI.
    pub(crate) fn violation(problem: impl std::fmt::Display, frames: Vec<Frame>) -> Self {
        Self::Trap { reason: format!("the guest broke the canonical ABI: {problem}"), frames }
    }

    /// The exception for what failed at `place`.
    pub(crate) fn into_error(self, place: &str) -> PyErr {
        match self {
            Self::Raised { error, frames } => with_note(error, place, &frames),
            Self::Deadline { limit } => {
                let message =
                    format!("{place} was ended after its deadline of {limit} s; raise `deadline` if it needs longer");
                Error::Deadline { message, limit }.into()
            }
            Self::Memory { wanted, limit } => {
                let message = format!(
                    "{place} failed after it was refused {wanted} bytes of memory; the limit is {limit} (`memory`)"
                );
                Error::Memory { message, limit }.into()
            }
            Self::Peer { error, failed } => Python::attach(|py| {
                let made = failed.call1(py, (place, error));
                made.map_or_else(|failure| failure, |made| PyErr::from_value(made.into_bound(py)))
            }),
            Self::Trap { reason, frames } => Error::Trap { message: format!("{place}: {reason}"), frames }.into(),
        }
    }
}

impl From<Invalid> for Failure {
    #[cold]
    fn from(invalid: Invalid) -> Self {
        match invalid {
            Invalid::Guest(problem) => Self::violation(problem, Vec::new()),
            Invalid::Python(error) => Self::Raised { error, frames: Vec::new() },
        }
    }
}

impl From<Box<Invalid>> for Box<Failure> {
    #[cold]
    fn from(invalid: Box<Invalid>) -> Self {
        Self::new((*invalid).into())
    }
}

/// What a host function raised, with a note (PEP 678) of where the guest called it.
fn with_note(raised: PyErr, place: &str, frames: &[Frame]) -> PyErr {
    let mut note = format!("raised in a function that the guest called, during {place}");
    for frame in frames {
        let _ = write!(note, "\n  {frame}");
    }
    Python::attach(|py| match raised.value(py).call_method1("add_note", (note,)) {
        Ok(_) => raised,
        Err(failure) => failure,
    })
}
