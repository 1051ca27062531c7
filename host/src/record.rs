//! Instances of record classes, filled without running Python code.

use pyo3::ffi;
use pyo3::prelude::*;

use crate::types::{Field, Record};

/// A record whose fields are being set.
pub(crate) struct Builder<'py>(Bound<'py, PyAny>);

impl<'py> Builder<'py> {
    /// Allocate an instance of `record`'s class, no field set.
    pub(crate) fn new(py: Python<'py>, record: &Record) -> PyResult<Self> {
        // SAFETY: `class` is a heap type made by `dataclasses.make_dataclass` with slots and no base but `object`, so
        // that `PyType_GenericAlloc` makes a valid instance; it returns a new reference or null with an exception set.
        unsafe {
            let class = record.class.as_ptr().cast::<ffi::PyTypeObject>();
            Bound::from_owned_ptr_or_err(py, ffi::PyType_GenericAlloc(class, 0)).map(Self)
        }
    }

    /// Set a field, past the class's own `__setattr__`, which refuses: the class is frozen.
    #[inline]
    pub(crate) fn set(&self, field: &Field, value: Bound<'py, PyAny>) -> PyResult<()> {
        // SAFETY: three valid references; the function borrows them, and returns -1 with an exception set if it fails.
        let status = unsafe { ffi::PyObject_GenericSetAttr(self.0.as_ptr(), field.attribute.as_ptr(), value.as_ptr()) };
        if status == 0 { Ok(()) } else { Err(PyErr::fetch(self.0.py())) }
    }

    pub(crate) fn finish(self) -> Bound<'py, PyAny> {
        self.0
    }
}
