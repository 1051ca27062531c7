//! What can go wrong, and the Python exception that each failure becomes.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyModule;

use crate::printable::printable;

/// One guest function on the stack of a trap, innermost first.
#[derive(Clone, Debug, IntoPyObject)]
pub(crate) struct Frame {
    pub function: String,
    pub module: Option<String>,
    pub file: Option<String>,
    pub line: Option<u32>,
}

impl std::fmt::Display for Frame {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "in {}", self.function)?;
        match (&self.file, self.line) {
            (Some(file), Some(line)) => write!(out, " ({file}:{line})"),
            _ => Ok(()),
        }
    }
}

/// Every failure that the native half reports; each variant is one class of `componium._errors`.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("{0}")]
    Closed(String),
    #[error("{}", mismatches(.subject, .problems))]
    Contract { subject: String, problems: Vec<String> },
    #[error("{message}")]
    Deadline { message: String, limit: f64 },
    #[error("{0}")]
    InvalidComponent(String),
    #[error("{message}")]
    Memory { message: String, limit: usize },
    #[error("{0}")]
    OutOfRange(String),
    #[error("{0}")]
    Reentrance(String),
    #[error("{0}")]
    Resource(String),
    #[error("{0}")]
    Toolchain(String),
    #[error("{message}")]
    Trap { message: String, frames: Vec<Frame> },
    #[error("{0}")]
    TypeMismatch(String),
    #[error("{0}")]
    Unsupported(String),
}

fn mismatches(subject: &str, problems: &[String]) -> String {
    format!("{subject}:\n  - {}", problems.join("\n  - "))
}

/// The module that defines the exception classes.
fn module(py: Python<'_>) -> PyResult<&Bound<'_, PyModule>> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let import = || PyModule::import(py, "componium._errors").map(Bound::unbind);
    Ok(MODULE.get_or_try_init(py, import)?.bind(py))
}

impl Error {
    /// The component called `name` cannot be loaded.
    pub(crate) fn invalid(name: &str, problem: &impl std::fmt::Display) -> Self {
        Self::InvalidComponent(format!("{name} is not a component that can be loaded: {problem:#}"))
    }

    /// The native plugin called `name` cannot be loaded.
    pub(crate) fn invalid_plugin(name: &str, problem: &str) -> Self {
        Self::InvalidComponent(format!("{name} is not a plugin that can be loaded: {problem}"))
    }

    fn to_exception<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let module = module(py)?;
        let message = self.to_string();
        let message = printable(&message);
        let (class, detail) = match self {
            Self::Closed(_) => ("ClosedError", None),
            Self::Contract { problems, .. } => (
                "ContractError",
                Some(problems.iter().map(|each| printable(each)).collect::<Vec<_>>().into_pyobject(py)?.into_any()),
            ),
            Self::Deadline { limit, .. } => ("DeadlineExceeded", Some(limit.into_pyobject(py)?.into_any())),
            Self::InvalidComponent(_) => ("InvalidComponent", None),
            Self::Memory { limit, .. } => ("MemoryExceeded", Some(limit.into_pyobject(py)?.into_any())),
            Self::OutOfRange(_) => ("OutOfRange", None),
            Self::Reentrance(_) => ("ReentranceError", None),
            Self::Resource(_) => ("ResourceError", None),
            Self::Toolchain(_) => ("ToolchainError", None),
            Self::Trap { frames, .. } => ("Trap", Some(frames.clone().into_pyobject(py)?.into_any())),
            Self::TypeMismatch(_) => ("TypeMismatch", None),
            Self::Unsupported(_) => ("UnsupportedType", None),
        };
        let class = module.getattr(class)?;
        match detail {
            Some(detail) => class.call1((message, detail)),
            None => class.call1((message,)),
        }
    }
}

impl From<Error> for PyErr {
    fn from(error: Error) -> Self {
        Python::attach(|py| match error.to_exception(py) {
            Ok(exception) => Self::from_value(exception),
            Err(failure) => failure,
        })
    }
}

/// The exception of a guest's own `result` error: `componium.GuestError(value)`.
pub(crate) fn guest_error(py: Python<'_>, value: Bound<'_, PyAny>) -> PyErr {
    match module(py).and_then(|module| module.getattr("GuestError")?.call1((value,))) {
        Ok(exception) => PyErr::from_value(exception),
        Err(failure) => failure,
    }
}

/// The value of a `componium.GuestError`, if `error` is one.
pub(crate) fn guest_value<'py>(py: Python<'py>, error: &PyErr) -> PyResult<Option<Bound<'py, PyAny>>> {
    let class = module(py)?.getattr("GuestError")?;
    if error.value(py).is_instance(&class)? { error.value(py).getattr("value").map(Some) } else { Ok(None) }
}
