//! The parts of a value: fields of a record, elements of a tuple or list, the memory of a buffer.

use pyo3::buffer::PyUntypedBuffer;
use pyo3::exceptions::{PyBufferError, PyNotImplementedError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyMapping, PyMemoryView, PySequence, PyString, PyTuple};

use crate::problem::{Converted, Problem};
use crate::types::{Kind, Record, Type};

/// What is expected instead of a buffer of two dimensions, or of none.
const ONE_DIMENSION: &str = "a sequence, or a buffer of one dimension";

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
    let items = if let Ok(sequence) = value.cast::<PySequence>() { sequence.to_tuple() } else { viewed(value)? };
    items.map_err(|error| {
        if error.is_instance_of::<PyNotImplementedError>(value.py()) {
            return Problem::mismatch("a sequence, or a buffer whose elements Python can read", value);
        }
        Problem::raised(error)
    })
}

/// The elements of a buffer whose owner is no sequence.
fn viewed<'py>(value: &Bound<'py, PyAny>) -> Converted<PyResult<Bound<'py, PyTuple>>> {
    let Ok(view) = PyMemoryView::from(value) else { return Err(Problem::mismatch("a sequence", value)) };
    let dimensions = view.getattr(pyo3::intern!(value.py(), "ndim")).and_then(|number| number.extract::<usize>());
    if dimensions.map_err(Problem::raised)? != 1 {
        return Err(Problem::mismatch(ONE_DIMENSION, value));
    }
    Ok(view.cast::<PySequence>().map_err(PyErr::from).and_then(PySequenceMethods::to_tuple))
}

/// The buffer of an object whose elements are laid out as the guest's list is, and their number.
///
/// `None` where the element is no number or the object exports no buffer; another format falls back to a sequence. Formats
/// are those of Python's `struct`, read here because `as_typed` takes `>` for the order of a little-endian machine.
pub(super) fn number_buffer(element: &Type, value: &Bound<'_, PyAny>) -> Converted<Option<(PyUntypedBuffer, usize)>> {
    let letters: &[u8] = match element.kind {
        Kind::U8 | Kind::U16 | Kind::U32 | Kind::U64 => b"cBHILQN",
        Kind::S8 | Kind::S16 | Kind::S32 | Kind::S64 => b"bhilqn",
        Kind::F32 | Kind::F64 => b"fd",
        _ => return Ok(None),
    };
    if value.is_exact_instance_of::<PyList>() || value.is_exact_instance_of::<PyTuple>() {
        return Ok(None);
    }
    let py = value.py();
    // `get` refuses buffers that leave their strides to be inferred, as those of `ctypes` do; `memoryview` fills them in.
    let buffer = PyUntypedBuffer::get(value).or_else(|error| {
        if error.is_instance_of::<PyBufferError>(py) {
            PyUntypedBuffer::get(PyMemoryView::from(value)?.as_any())
        } else {
            Err(error)
        }
    });
    let buffer = match buffer {
        Ok(buffer) => buffer,
        Err(error) if error.is_instance_of::<PyTypeError>(py) || error.is_instance_of::<PyBufferError>(py) => {
            return Ok(None);
        }
        Err(error) => return Err(Problem::raised(error)),
    };
    if buffer.dimensions() != 1 {
        return Err(Problem::mismatch(ONE_DIMENSION, value));
    }
    let same_kind = match buffer.format().to_bytes() {
        [letter] | [b'@' | b'=' | b'<', letter] => letters.contains(letter),
        _ => false,
    };
    if !same_kind || buffer.item_size() != element.size as usize || cfg!(target_endian = "big") {
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
