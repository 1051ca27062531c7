//! What can go wrong, and the Python exception that each failure becomes.
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("{0}")]
    Toolchain(String),
}
impl From<Error> for PyErr {
    fn from(e: Error) -> Self { PyRuntimeError::new_err(e.to_string()) }
}
