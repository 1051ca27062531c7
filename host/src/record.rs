//! Instances of record classes, filled without running Python code.

use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;

use crate::types::{Field, Kind, Record};

/// A record whose fields are being set.
pub(crate) struct Builder<'py>(Bound<'py, PyAny>);

impl<'py> Builder<'py> {
    /// Allocate an instance of `record`'s class, no field set. The garbage collector hears of it when it is finished.
    pub(crate) fn new(py: Python<'py>, record: &Record) -> PyResult<Self> {
        if record.fields.iter().any(|field| field.slot.is_none()) {
            let made = allocate(record.class.bind(py))?;
            // SAFETY: a valid object of a class that the collector knows.
            unsafe { ffi::PyObject_GC_UnTrack(made.as_ptr().cast()) };
            return Ok(Self(made));
        }
        // SAFETY: `class` is as in `allocate`. Its instances consist of a header, which is set here, and of the fields'
        // slots, which `slots` has found all: set to null, they are as `PyType_GenericAlloc` would leave them.
        unsafe {
            let made = ffi::PyObject_GC_New::<ffi::PyObject>(record.class.as_ptr().cast());
            let made = Bound::from_owned_ptr_or_err(py, made)?;
            for slot in record.fields.iter().filter_map(|field| field.slot) {
                made.as_ptr().byte_add(slot).cast::<*mut ffi::PyObject>().write(ptr::null_mut());
            }
            Ok(Self(made))
        }
    }

    /// Set a field for the first time.
    #[inline]
    pub(crate) fn set(&self, field: &Field, value: Bound<'py, PyAny>) -> PyResult<()> {
        let Some(slot) = field.slot else { return set(&self.0, field.attribute.bind(value.py()), &value) };
        // SAFETY: `slots` found the field's own place there in an instance of the same class; it is still null, as every
        // field is set once, and nobody else knows the instance.
        unsafe { self.0.as_ptr().byte_add(slot).cast::<*mut ffi::PyObject>().write(value.into_ptr()) };
        Ok(())
    }

    /// The record. The garbage collector need not know of one that can be in no cycle, as with tuples.
    #[inline]
    pub(crate) fn finish(self, record: &Record) -> Bound<'py, PyAny> {
        if !record.flat {
            // SAFETY: a valid object that the collector does not track yet, all its fields set.
            unsafe { ffi::PyObject_GC_Track(self.0.as_ptr().cast()) };
        }
        self.0
    }
}

/// An instance of a record class, no field set.
fn allocate<'py>(class: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: `class` is a heap type made by `dataclasses.make_dataclass` with slots and no base but `object`, so that
    // `PyType_GenericAlloc` makes a valid instance; it returns a new reference or null with an exception set.
    unsafe {
        let made = ffi::PyType_GenericAlloc(class.as_ptr().cast::<ffi::PyTypeObject>(), 0);
        Bound::from_owned_ptr_or_err(class.py(), made)
    }
}

/// Set a field past the class's own `__setattr__`, which refuses: the class is frozen.
fn set(instance: &Bound<'_, PyAny>, attribute: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> PyResult<()> {
    // SAFETY: three valid references; the function borrows them, and returns -1 with an exception set if it fails.
    let status = unsafe { ffi::PyObject_GenericSetAttr(instance.as_ptr(), attribute.as_ptr(), value.as_ptr()) };
    if status == 0 { Ok(()) } else { Err(PyErr::fetch(instance.py())) }
}

/// Where the fields of a record class keep their values, in bytes from the beginning of an instance.
///
/// The stable ABI does not tell, so each field of an instance is set to an object that is nowhere else, and found. `None`
/// for all if one is not found, or if instances hold anything else.
pub(crate) fn slots(
    class: &Bound<'_, PyAny>,
    attributes: &[Py<pyo3::types::PyString>],
) -> PyResult<Vec<Option<usize>>> {
    let py = class.py();
    let size: usize = class.getattr("__basicsize__")?.extract()?;
    let instance = allocate(class)?;
    let mark = py.import("builtins")?.getattr("object")?.call0()?;
    let mut found = Vec::with_capacity(attributes.len());
    for attribute in attributes {
        let attribute = attribute.bind(py).as_any();
        set(&instance, attribute, &mark)?;
        let is_mark = |offset: &usize| {
            // SAFETY: within the instance's `size` bytes, of which those after the header are pointers.
            let value = unsafe { instance.as_ptr().byte_add(*offset).cast::<*mut ffi::PyObject>().read() };
            ptr::eq(value, mark.as_ptr())
        };
        let places = (size_of::<ffi::PyObject>()..size).step_by(size_of::<*mut ffi::PyObject>());
        found.push(places.into_iter().find(is_mark));
        set(&instance, attribute, py.None().bind(py))?;
    }
    let rest = size - size_of::<ffi::PyObject>();
    if found.contains(&None) || rest != found.len() * size_of::<*mut ffi::PyObject>() {
        found.fill(None);
    }
    Ok(found)
}

/// Whether no value of the type can refer to anything else, and so be part of a cycle.
pub(crate) fn is_atomic(kind: &Kind) -> bool {
    match kind {
        Kind::List(element) => matches!(element.kind, Kind::U8),
        Kind::Option(option) => !option.nested && is_atomic(&option.some.kind),
        Kind::Record(record) => record.flat,
        Kind::Tuple(_) | Kind::Variant(_) | Kind::Flags(_) | Kind::Result(_) | Kind::Own(_) | Kind::Borrow(_) => false,
        _ => true,
    }
}
