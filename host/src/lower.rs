//! From Python objects to the canonical ABI: arguments of exports, results of host functions.
//!
//! Source: the component model's `CanonicalABI.md`, "Storing" and "Flattening", in two walks over the same types: `flat`
//! makes core values, `store` writes an image of memory. Scalars, strings, lists and the choice of a case are shared.

use pyo3::buffer::{Element as BufferElement, PyUntypedBuffer};
use pyo3::exceptions::{PyBufferError, PyOverflowError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyList, PyMapping, PyString, PyTuple};

use crate::classes;
use crate::message::{Content, Message, Owner, Place};
use crate::problem::{Converted, Problem};
use crate::types::{Kind, Members, Record, Type, Variant};

/// The bit pattern that every NaN becomes: the canonical ABI's `canonicalize_nan32`.
const CANONICAL_NAN32: u32 = 0x7fc0_0000;
/// The bit pattern that every NaN becomes: the canonical ABI's `canonicalize_nan64`.
const CANONICAL_NAN64: u64 = 0x7ff8_0000_0000_0000;
/// Most bytes of a string: the canonical ABI's `MAX_STRING_BYTE_LENGTH`.
const MAX_STRING: usize = (1 << 31) - 1;

impl Message {
    /// Append `value` as core values.
    pub(crate) fn lower(&mut self, ty: &Type, value: &Bound<'_, PyAny>) -> Converted<()> {
        match &ty.kind {
            Kind::String | Kind::List(_) => {
                let slot = self.count;
                self.push(0);
                self.push(0);
                self.indirect(ty, value, Place::Flat(slot))
            }
            Kind::Record(record) => {
                let attributes = Attributes::of(value);
                for field in &record.fields {
                    let item = attributes.get(record, field.attribute.bind(value.py()))?;
                    self.lower(&field.ty, &item).map_err(|problem| step(problem, &field.attribute, value.py()))?;
                }
                Ok(())
            }
            Kind::Tuple(elements) => {
                let items = items_of(value, elements.len())?;
                for (index, (element, item)) in elements.iter().zip(items.iter_borrowed()).enumerate() {
                    self.lower(&element.ty, &item).map_err(|problem| problem.within(format!("[{index}]")))?;
                }
                Ok(())
            }
            Kind::Flags(flags) => {
                let words = flag_words(flags, value)?;
                for word in words {
                    self.push(word.into());
                }
                Ok(())
            }
            Kind::Variant(_) | Kind::Option(_) | Kind::Result(_) => {
                let end = self.count + ty.flat as usize;
                let (case, payload) = choose(ty, value)?;
                self.push(case.into());
                if let Some((ty, value)) = payload {
                    self.lower(ty, &value)?;
                }
                while self.count < end {
                    self.push(0);
                }
                Ok(())
            }
            _ => {
                self.push(scalar(ty, value)?);
                Ok(())
            }
        }
    }

    /// Write `value` into the image, at `at`.
    pub(crate) fn store(&mut self, ty: &Type, value: &Bound<'_, PyAny>, at: usize) -> Converted<()> {
        match &ty.kind {
            Kind::String | Kind::List(_) => self.indirect(ty, value, Place::Image(at)),
            Kind::Record(record) => {
                let attributes = Attributes::of(value);
                for field in &record.fields {
                    let item = attributes.get(record, field.attribute.bind(value.py()))?;
                    self.store(&field.ty, &item, at + field.offset as usize)
                        .map_err(|problem| step(problem, &field.attribute, value.py()))?;
                }
                Ok(())
            }
            Kind::Tuple(elements) => {
                let items = items_of(value, elements.len())?;
                for (index, (element, item)) in elements.iter().zip(items.iter_borrowed()).enumerate() {
                    self.store(&element.ty, &item, at + element.offset as usize)
                        .map_err(|problem| problem.within(format!("[{index}]")))?;
                }
                Ok(())
            }
            Kind::Flags(flags) => {
                let words = flag_words(flags, value)?;
                for (index, word) in words.into_iter().enumerate() {
                    self.write(at + 4 * index, word.into(), ty.size.min(4));
                }
                Ok(())
            }
            Kind::Variant(_) | Kind::Option(_) | Kind::Result(_) => {
                let (discriminant, offset) = ty.choice_layout();
                let (case, payload) = choose(ty, value)?;
                self.write(at, case.into(), discriminant);
                match payload {
                    Some((ty, value)) => self.store(ty, &value, at + offset as usize),
                    None => Ok(()),
                }
            }
            _ => {
                let bits = scalar(ty, value)?;
                self.write(at, bits, ty.size);
                Ok(())
            }
        }
    }

    /// Refer to a string or a list from `place`.
    fn indirect(&mut self, ty: &Type, value: &Bound<'_, PyAny>, place: Place) -> Converted<()> {
        match &ty.kind {
            Kind::List(element) => self.list(element, value, place),
            _ => self.string(value, place),
        }
    }

    fn string(&mut self, value: &Bound<'_, PyAny>, place: Place) -> Converted<()> {
        let Ok(text) = value.cast::<PyString>() else { return Err(Problem::mismatch("str", value)) };
        let Ok(utf8) = text.to_str() else {
            return Err(Problem::range("expected text of Unicode scalar values, got a str with surrogates"));
        };
        if utf8.len() > MAX_STRING {
            return Err(Problem::range(format!("a string holds at most {MAX_STRING} bytes, got {}", utf8.len())));
        }
        let (pointer, length) = (utf8.as_ptr(), utf8.len());
        let owner = Owner::Text(text.clone().unbind());
        self.refer(place, length, Content::Borrowed { pointer, length, owner }, 1);
        Ok(())
    }

    fn list(&mut self, element: &Type, value: &Bound<'_, PyAny>, place: Place) -> Converted<()> {
        if matches!(element.kind, Kind::U8)
            && let Ok(bytes) = value.cast_exact::<PyBytes>()
        {
            let (pointer, length) = (bytes.as_bytes().as_ptr(), bytes.as_bytes().len());
            check_size(length, 1)?;
            let owner = Owner::Bytes(bytes.clone().unbind());
            self.refer(place, length, Content::Borrowed { pointer, length, owner }, 1);
            return Ok(());
        }
        if let Some((buffer, count)) = number_buffer(element, value)? {
            check_size(count, element.size)?;
            let (pointer, length) = (buffer.buf_ptr().cast_const().cast(), buffer.len_bytes());
            let owner = Owner::Buffer(buffer);
            self.refer(place, count, Content::Borrowed { pointer, length, owner }, element.align);
            return Ok(());
        }
        let items = sequence(value)?;
        let length = check_size(items.len(), element.size)?;
        let (start, _) = self.reserve(length);
        self.refer(place, items.len(), Content::Image { start, length }, element.align);
        for (index, item) in items.iter_borrowed().enumerate() {
            self.store(element, &item, start + index * element.size as usize)
                .map_err(|problem| problem.within(format!("[{index}]")))?;
        }
        Ok(())
    }
}

#[cold]
fn step(problem: Box<Problem>, attribute: &Py<PyString>, py: Python<'_>) -> Box<Problem> {
    problem.within(format!(".{}", attribute.bind(py)))
}

/// The bytes of a list, which must fit a 32-bit memory.
fn check_size(count: usize, size: u32) -> Converted<usize> {
    let bytes = (count as u64).saturating_mul(size.into());
    if bytes > u64::from(u32::MAX) {
        return Err(Problem::range(format!("a list holds less than 4 GiB, got {count} elements of {size} bytes")));
    }
    usize::try_from(bytes).map_err(|_| Problem::range("the list does not fit the address space"))
}

/// The bits of a value that is one core value.
fn scalar(ty: &Type, value: &Bound<'_, PyAny>) -> Converted<u64> {
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
        Kind::F32 => float32(float(value)?),
        Kind::F64 => Ok(float(value).map(|number| if number.is_nan() { CANONICAL_NAN64 } else { number.to_bits() })?),
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

fn float(value: &Bound<'_, PyAny>) -> Converted<f64> {
    if value.is_instance_of::<PyBool>() {
        return Err(Problem::mismatch("float", value));
    }
    value.extract::<f64>().map_err(|error| {
        if error.is_instance_of::<PyTypeError>(value.py()) {
            Problem::mismatch("float", value)
        } else if error.is_instance_of::<PyOverflowError>(value.py()) {
            Problem::range("expected f64, got an int beyond its range")
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

/// The words of a set of flags: a member, a combination, a name, or several names.
fn flag_words(flags: &Members, value: &Bound<'_, PyAny>) -> Converted<Vec<u32>> {
    let mut words = vec![0u32; flags.names.len().div_ceil(32).max(1)];
    let mut set = |index: usize| words[index / 32] |= 1 << (index % 32);
    if value.is_instance(flags.class.bind(value.py())).map_err(Problem::raised)? {
        let contains = |member: &Py<PyAny>| value.contains(member);
        for (index, member) in flags.members.iter().enumerate() {
            if contains(member).map_err(Problem::raised)? {
                set(index);
            }
        }
        return Ok(words);
    }
    let names = match value.cast::<PyString>() {
        Ok(name) => PyTuple::new(value.py(), [name]).map_err(Problem::raised)?,
        Err(_) => {
            sequence(value).map_err(|_| Problem::mismatch(&format!("{} or names of flags", flags.name), value))?
        }
    };
    for name in names.iter_borrowed() {
        let index = name.extract::<&str>().ok().and_then(|name| flags.names.iter().position(|flag| flag == name));
        set(index.ok_or_else(|| Problem::mismatch(&format!("one of {}", flags.names.join(", ")), &name))?);
    }
    Ok(words)
}

type Payload<'t, 'py> = Option<(&'t Type, Bound<'py, PyAny>)>;

/// Which case of a variant, option or result a value is, and its payload.
fn choose<'t, 'py>(ty: &'t Type, value: &Bound<'py, PyAny>) -> Converted<(u32, Payload<'t, 'py>)> {
    let py = value.py();
    match &ty.kind {
        Kind::Variant(variant) => variant_case(variant, value),
        Kind::Option(option) => {
            if value.is_none() {
                return Ok((0, None));
            }
            let some = classes::some(py).map_err(Problem::raised)?;
            if value.get_type().is(some) {
                return Ok((1, Some((&option.some, payload_of(value)?))));
            }
            if option.nested {
                return Err(Problem::mismatch("None or componium.Some, as the options are nested", value));
            }
            Ok((1, Some((&option.some, value.clone()))))
        }
        Kind::Result(result) => {
            let class = value.get_type();
            let (case, ty) = if class.is(classes::ok(py).map_err(Problem::raised)?) {
                (0, &result.ok)
            } else if class.is(classes::err(py).map_err(Problem::raised)?) {
                (1, &result.err)
            } else {
                return Err(Problem::mismatch("componium.Ok or componium.Err", value));
            };
            case_payload(case, ty.as_ref(), payload_of(value)?)
        }
        _ => unreachable!("{ty:?} has no cases"),
    }
}

fn payload_of<'py>(value: &Bound<'py, PyAny>) -> Converted<Bound<'py, PyAny>> {
    value.getattr(pyo3::intern!(value.py(), "value")).map_err(Problem::raised)
}

fn case_payload<'t, 'py>(
    case: u32,
    ty: Option<&'t Type>,
    value: Bound<'py, PyAny>,
) -> Converted<(u32, Payload<'t, 'py>)> {
    match ty {
        Some(ty) => Ok((case, Some((ty, value)))),
        None if value.is_none() => Ok((case, None)),
        None => Err(Problem::mismatch("a case without a payload", &value)),
    }
}

fn variant_case<'t, 'py>(variant: &'t Variant, value: &Bound<'py, PyAny>) -> Converted<(u32, Payload<'t, 'py>)> {
    let class = value.get_type();
    for (index, case) in (0..).zip(&variant.cases) {
        if class.is(&case.class) {
            return match &case.ty {
                Some(ty) => Ok((index, Some((ty, payload_of(value)?)))),
                None => Ok((index, None)),
            };
        }
    }
    let names: Vec<_> = variant.cases.iter().map(|case| case.name.as_str()).collect();
    Err(Problem::mismatch(&format!("a case of {} ({})", variant.name, names.join(", ")), value))
}

/// Where a record's fields are looked up.
enum Attributes<'a, 'py> {
    Object(&'a Bound<'py, PyAny>),
    Dict(&'a Bound<'py, PyDict>),
    Mapping(&'a Bound<'py, PyMapping>),
}

impl<'a, 'py> Attributes<'a, 'py> {
    fn of(value: &'a Bound<'py, PyAny>) -> Self {
        if let Ok(dict) = value.cast::<PyDict>() {
            return Self::Dict(dict);
        }
        value.cast::<PyMapping>().map_or(Self::Object(value), Self::Mapping)
    }

    fn get(&self, record: &Record, name: &Bound<'py, PyString>) -> Converted<Bound<'py, PyAny>> {
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
fn items_of<'py>(value: &Bound<'py, PyAny>, count: usize) -> Converted<Bound<'py, PyTuple>> {
    let items = sequence(value)?;
    if items.len() == count {
        return Ok(items);
    }
    Err(Problem::range(format!("expected {count} elements, got {}", items.len())))
}

/// The elements of a sequence, held fast: the sequence may change while it is converted.
fn sequence<'py>(value: &Bound<'py, PyAny>) -> Converted<Bound<'py, PyTuple>> {
    if let Ok(tuple) = value.cast_exact::<PyTuple>() {
        return Ok(tuple.clone());
    }
    if let Ok(list) = value.cast_exact::<PyList>() {
        return Ok(list.to_tuple());
    }
    let text = value.is_instance_of::<PyString>();
    match value.cast::<pyo3::types::PySequence>() {
        Ok(sequence) if !text => sequence.to_tuple().map_err(Problem::raised),
        _ => Err(Problem::mismatch("a sequence", value)),
    }
}

/// The buffer of an object whose elements are laid out as the guest's list is, and their number.
///
/// `None` where the element is no number or the object exports no buffer; another format falls back to a sequence.
fn number_buffer(element: &Type, value: &Bound<'_, PyAny>) -> Converted<Option<(PyUntypedBuffer, usize)>> {
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
    if buffer.dimensions() != 1 || !buffer.is_c_contiguous() || !matches(&buffer) || cfg!(target_endian = "big") {
        return Ok(None);
    }
    let count = buffer.item_count();
    Ok(Some((buffer, count)))
}
