//! The interpreter inside a fuzz target, with the package `componium` around this very library.

use std::sync::Once;

use pyo3::prelude::*;
use pyo3::types::PyModule;

static READY: Once = Once::new();

/// Run `body` attached to the interpreter.
///
/// The package is found by `PYTHONPATH`; its native half is not loaded from a file.
pub(super) fn attach<R>(body: impl FnOnce(Python<'_>) -> R) -> R {
    READY.call_once(|| {
        Python::initialize();
        Python::attach(prepare).expect("the package componium can be imported");
    });
    Python::attach(body)
}

fn prepare(py: Python<'_>) -> PyResult<()> {
    let native = pyo3::wrap_pymodule!(crate::_native)(py);
    PyModule::import(py, "sys")?.getattr("modules")?.set_item("componium._native", native)?;
    PyModule::import(py, "componium").map(drop)
}

/// A value as text, which also tells -0.0 from 0.0 and calls all NaNs the same.
pub(super) fn repr(value: &Bound<'_, PyAny>) -> String {
    value.repr().expect("values of guests have a repr").to_string()
}
