//! The parts of a value: fields of a record, elements of a tuple or list, the memory of a buffer.

use pyo3::buffer::{Element as BufferElement, PyUntypedBuffer};
use pyo3::exceptions::{PyBufferError, PyNotImplementedError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyMapping, PyMemoryView, PySequence, PyString, PyTuple};

use crate::problem::{Converted, Problem};
use crate::types::{Kind, Record, Type};

/// Where a record's fields are looked up.
pub(super) enum Attributes<'a, 'py> {
    Object(&'a Bound<'py, PyAny>),
    Dict(&'a Bound<'py, PyDict>),
    Mapping(&'a Bound<'py, PyMapping>),
}

impl<'a, 'py> Attributes<'a, 'py> {
    pub(super) fn of(value: &'a Bound<'py, PyAny>) -> Self {
        if let Ok(dict) = value.cast::<PyDict>() {
            return Self::Dict(dict);
        }
        value.cast::<PyMapping>().map_or(Self::Object(value), Self::Mapping)
    }

    pub(super) fn get(&self, record: &Record, name: &Bound<'py, PyString>) -> Converted<Bound<'py, PyAny>> {
        let (found, value) = match self {
            Self::Object(object) => (object.getattr_opt(name), *object),
            Self::Dict(dict) => (dict.get_item(name), dict.as_any()),
            Self::Mapping(mapping) => {
                let present = mapping.contains(name).map_err(Problem::raised)?;
                (present.then(|| mapping.get_item(name)).transpose(), mapping.as_any())
            }
        };
        let missing = || Problem::mismatch(&format!("{} with a field `{name}`", record.name), value);
        found.map_err(Problem::raised)?.ok_or_else(missing)
    }
}

/// The elements of a tuple type's value.
pub(super) fn items_of<'py>(value: &Bound<'py, PyAny>, count: usize) -> Converted<Bound<'py, PyTuple>> {
    let items = sequence(value)?;
    if items.len() == count {
        return Ok(items);
    }
    Err(Problem::range(format!("expected {count} elements, got {}", items.len())))
}

/// The elements of a sequence, held fast: the sequence may change while it is converted.
pub(super) fn sequence<'py>(value: &Bound<'py, PyAny>) -> Converted<Bound<'py, PyTuple>> {
    if let Ok(tuple) = value.cast_exact::<PyTuple>() {
        return Ok(tuple.clone());
    }
    if let Ok(list) = value.cast_exact::<PyList>() {
        return Ok(list.to_tuple());
    }
    if value.is_instance_of::<PyString>() {
        return Err(Problem::mismatch("a sequence", value));
    }
    let items = match value.cast::<PySequence>() {
        Ok(sequence) => sequence.to_tuple(),
        Err(_) => match PyMemoryView::from(value) {
            Ok(view) => view.cast::<PySequence>().map_err(PyErr::from).and_then(|view| view.to_tuple()),
            Err(_) => return Err(Problem::mismatch("a sequence", value)),
        },
    };
    items.map_err(|error| {
        if error.is_instance_of::<PyNotImplementedError>(value.py()) {
            return Problem::mismatch("a sequence, or a buffer in a format of this machine", value);
        }
        Problem::raised(error)
    })
}

/// The buffer of an object whose elements are laid out as the guest's list is, and their number.
///
/// `None` where the element is no number or the object exports no buffer; another format falls back to a sequence.
pub(super) fn number_buffer(element: &Type, value: &Bound<'_, PyAny>) -> Converted<Option<(PyUntypedBuffer, usize)>> {
    fn typed<T: BufferElement>(buffer: &PyUntypedBuffer) -> bool {
        buffer.as_typed::<T>().is_ok()
    }
    let matches: fn(&PyUntypedBuffer) -> bool = match element.kind {
        Kind::U8 => typed::<u8>,
        Kind::S8 => typed::<i8>,
        Kind::U16 => typed::<u16>,
        Kind::S16 => typed::<i16>,
        Kind::U32 => typed::<u32>,
        Kind::S32 => typed::<i32>,
        Kind::U64 => typed::<u64>,
        Kind::S64 => typed::<i64>,
        Kind::F32 => typed::<f32>,
        Kind::F64 => typed::<f64>,
        _ => return Ok(None),
    };
    if value.is_exact_instance_of::<PyList>() || value.is_exact_instance_of::<PyTuple>() {
        return Ok(None);
    }
    let buffer = match PyUntypedBuffer::get(value) {
        Ok(buffer) => buffer,
        Err(error) if error.is_instance_of::<PyTypeError>(value.py()) => return Ok(None),
        Err(error) if error.is_instance_of::<PyBufferError>(value.py()) => return Ok(None),
        Err(error) => return Err(Problem::raised(error)),
    };
    if buffer.dimensions() != 1 {
        return Err(Problem::mismatch("a sequence, or a buffer of one dimension", value));
    }
    if !matches(&buffer) || cfg!(target_endian = "big") {
        return Ok(None);
    }
    let count = buffer.item_count();
    if buffer.is_c_contiguous() {
        return Ok(Some((buffer, count)));
    }
    let gather = || {
        let bytes = PyMemoryView::from(value)?.call_method0(pyo3::intern!(value.py(), "tobytes"))?;
        PyUntypedBuffer::get(&bytes)
    };
    Ok(Some((gather().map_err(Problem::raised)?, count)))
}
