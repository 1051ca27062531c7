//! From the canonical ABI to Python objects: results of exports, arguments of host functions.
//!
//! Source: the component model's `CanonicalABI.md`, "Loading" and "Lifting". Every offset, length and discriminant comes
//! from the guest and is checked against its memory before use.

#![allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)] // the ABI takes the low bits, in two's complement

use std::cell::RefCell;
use std::sync::Arc;

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyMemoryView, PyString, PyTuple};

use crate::classes;
use crate::encoding::{Encoding, UTF16_TAG};
use crate::guest::native;
use crate::host::Host;
use crate::instance::Instance;
use crate::lower::CANONICAL_NAN64;
use crate::record;
use crate::representation::{Passed, Representation};
use crate::resource::{Handle, Origin, Resource};
use crate::signature::Signature;
use crate::types::{Kind, Members, Type};

/// About how many bytes one result or argument list may take as Python objects. A guest may point at the same bytes many
/// times, and each byte may become an object.
const BUDGET: usize = if cfg!(feature = "fuzzing") { 4 << 20 } else { 512 << 20 };
/// Why a guest's value cannot be read.
pub(crate) enum Invalid {
    /// The guest broke the canonical ABI.
    Guest(String),
    /// Python failed, for want of memory for instance.
    Python(PyErr),
}

impl From<PyErr> for Box<Invalid> {
    #[cold]
    fn from(error: PyErr) -> Self {
        Self::new(Invalid::Python(error))
    }
}

/// Boxed, to keep results in registers.
pub(crate) type Lifted<T> = Result<T, Box<Invalid>>;

#[cold]
fn guest<T>(message: impl Into<String>) -> Lifted<T> {
    Err(Box::new(Invalid::Guest(message.into())))
}

/// Where a guest's values are.
pub(crate) trait Memory<'m> {
    /// The bytes at `at`, or why they cannot be read.
    fn slice(&self, at: usize, length: usize) -> Lifted<&'m [u8]>;
}

/// The linear memory of a sandboxed guest.
impl<'m> Memory<'m> for &'m [u8] {
    #[inline]
    fn slice(&self, at: usize, length: usize) -> Lifted<&'m [u8]> {
        match self.get(at..).and_then(|rest| rest.get(..length)) {
            Some(bytes) => Ok(bytes),
            None => guest(format!("{length} bytes at {at:#x} lie outside its memory of {} bytes", self.len())),
        }
    }
}

/// A core value of the canonical ABI, of whatever type.
pub(crate) trait CoreValue {
    /// Its bits; above those of its type, anything.
    fn bits(&self) -> u64;
}

impl CoreValue for u64 {
    #[inline]
    fn bits(&self) -> u64 {
        *self
    }
}

/// A guest's memory, and what may still be copied out of it.
pub(crate) struct Reader<'py, 'm, M> {
    py: Python<'py>,
    memory: M,
    encoding: Encoding,
    budget: usize,
    handles: Option<Handles<'m>>,
    /// Whether lists of numbers become buffers.
    arrays: bool,
}

/// Handles that the guest passes, and whom they concern.
pub(crate) struct Handles<'m> {
    pub source: Source<'m>,
    /// The guest's instance; `None` where it cannot pass resources of its own.
    pub instance: Option<&'m Py<Instance>>,
    pub host: &'m Host,
}

/// How handles among values are found.
pub(crate) enum Source<'m> {
    /// They were taken from the guest's table already, in the order of the values.
    Taken(std::vec::IntoIter<Passed>),
    /// In a native guest's table.
    Native(&'m RefCell<native::Table>),
    /// They are numbers that the two ends of a wire agreed on; here, what was lent for the call under way is kept.
    Numbers(&'m Loans),
}

/// Handles that are lent for a call.
pub(crate) type Loans = RefCell<Vec<Py<Handle>>>;

impl<'py, 'm, M: Memory<'m>> Reader<'py, 'm, M> {
    pub(crate) const fn new(
        py: Python<'py>,
        memory: M,
        encoding: Encoding,
        handles: Option<Handles<'m>>,
        arrays: bool,
    ) -> Self {
        Self { py, memory, encoding, budget: BUDGET, handles, arrays }
    }

    /// Read all parameters of a function: `flat`, or what is at `address`.
    pub(crate) fn parameters(
        &mut self,
        signature: &Signature,
        address: Option<usize>,
        mut flat: &[impl CoreValue],
    ) -> Lifted<Vec<Bound<'py, PyAny>>> {
        let mut values = Vec::with_capacity(signature.parameters.len());
        for parameter in &signature.parameters {
            let element = &parameter.element;
            values.push(match address {
                Some(address) => self.load(&element.ty, address + element.offset as usize)?,
                None => self.lift(&element.ty, &mut flat)?,
            });
        }
        Ok(values)
    }

    /// Read a value that travels as core values, taking as many as it has.
    pub(crate) fn lift(&mut self, ty: &Type, flat: &mut &[impl CoreValue]) -> Lifted<Bound<'py, PyAny>> {
        self.spend(weight(&ty.kind))?;
        match &ty.kind {
            Kind::String | Kind::List(_) => {
                let (pointer, length) = (address(ty, next(flat)?), address(ty, next(flat)?));
                self.indirect(ty, pointer, length)
            }
            Kind::Record(record) => {
                let instance = record::Builder::new(self.py, record)?;
                for field in &record.fields {
                    instance.set(field, self.lift(&field.ty, flat)?)?;
                }
                Ok(instance.finish(record))
            }
            Kind::Tuple(elements) => {
                let items = elements.iter().map(|element| self.lift(&element.ty, flat));
                let items = items.collect::<Lifted<Vec<_>>>()?;
                Ok(PyTuple::new(self.py, items)?.into_any())
            }
            Kind::Flags(flags) => self.flags(flags, next(flat)? as u32),
            Kind::Variant(_) | Kind::Option(_) | Kind::Result(_) => {
                let case = next(flat)? as u32;
                let Some((mut payload, rest)) = flat.split_at_checked(ty.flat as usize - 1) else {
                    return guest("too few core values");
                };
                *flat = rest;
                self.choice(ty, case, |reader, ty| reader.lift(ty, &mut payload))
            }
            Kind::Own(resource) | Kind::Borrow(resource) => {
                let number = next(flat)? as u32;
                self.handle(resource, matches!(ty.kind, Kind::Own(_)), number)
            }
            _ => {
                let bits = next(flat)?;
                self.scalar(ty, if ty.size == 8 { bits } else { (bits as u32).into() })
            }
        }
    }

    /// Read a value from memory, at `at`.
    pub(crate) fn load(&mut self, ty: &Type, at: usize) -> Lifted<Bound<'py, PyAny>> {
        self.spend(weight(&ty.kind))?;
        match &ty.kind {
            Kind::String | Kind::List(_) => {
                let (pointer, length) = self.pair(ty, at)?;
                self.indirect(ty, pointer, length)
            }
            Kind::Record(record) => {
                let instance = record::Builder::new(self.py, record)?;
                for field in &record.fields {
                    instance.set(field, self.load(&field.ty, at + field.offset as usize)?)?;
                }
                Ok(instance.finish(record))
            }
            Kind::Tuple(elements) => {
                let items = elements.iter().map(|element| self.load(&element.ty, at + element.offset as usize));
                let items = items.collect::<Lifted<Vec<_>>>()?;
                Ok(PyTuple::new(self.py, items)?.into_any())
            }
            Kind::Flags(flags) => self.flags(flags, self.bits(at, ty.size)? as u32),
            Kind::Variant(_) | Kind::Option(_) | Kind::Result(_) => {
                let (discriminant, payload) = ty.choice_layout();
                let case = self.bits(at, discriminant)? as u32;
                self.choice(ty, case, |reader, ty| reader.load(ty, at + payload as usize))
            }
            Kind::Own(resource) | Kind::Borrow(resource) => {
                let number = self.bits(at, 4)? as u32;
                self.handle(resource, matches!(ty.kind, Kind::Own(_)), number)
            }
            _ => {
                let bits = self.bits(at, ty.size)?;
                self.scalar(ty, bits)
            }
        }
    }

    #[inline]
    fn bits(&self, at: usize, size: u32) -> Lifted<u64> {
        let mut bytes = [0; 8];
        bytes[..size as usize].copy_from_slice(self.memory.slice(at, size as usize)?);
        Ok(u64::from_le_bytes(bytes))
    }

    /// A pointer and a length, each half of the type's size.
    #[inline]
    fn pair(&self, ty: &Type, at: usize) -> Lifted<(usize, usize)> {
        let (pointer, length) = match ty.size {
            8 => (self.bits(at, 4)?, self.bits(at + 4, 4)?),
            _ => (self.bits(at, 8)?, self.bits(at + 8, 8)?),
        };
        Ok((pointer as usize, length as usize))
    }

    fn scalar(&self, ty: &Type, bits: u64) -> Lifted<Bound<'py, PyAny>> {
        let py = self.py;
        Ok(match &ty.kind {
            // The canonical ABI ignores the upper bits of a core value that a small type does not need.
            Kind::Bool => (bits as u32 != 0).into_bound_py_any(py)?,
            Kind::S8 => (bits as i8).into_bound_py_any(py)?,
            Kind::U8 => (bits as u8).into_bound_py_any(py)?,
            Kind::S16 => (bits as i16).into_bound_py_any(py)?,
            Kind::U16 => (bits as u16).into_bound_py_any(py)?,
            Kind::S32 => (bits as i32).into_bound_py_any(py)?,
            Kind::U32 => (bits as u32).into_bound_py_any(py)?,
            Kind::S64 => (bits as i64).into_bound_py_any(py)?,
            Kind::U64 => bits.into_bound_py_any(py)?,
            Kind::F32 => canonical(f32::from_bits(bits as u32).into()).into_bound_py_any(py)?,
            Kind::F64 => canonical(f64::from_bits(bits)).into_bound_py_any(py)?,
            Kind::Char => match char::from_u32(bits as u32) {
                Some(character) => PyString::new(py, character.encode_utf8(&mut [0; 4])).into_any(),
                None => return guest(format!("{bits:#x} is not a Unicode scalar value")),
            },
            Kind::Enum(members) => match members.members.get(bits as usize) {
                Some(member) => member.bind(py).clone(),
                None => return guest(format!("{} has no case number {bits}", members.name)),
            },
            kind => unreachable!("{kind:?} is not a scalar"),
        })
    }

    /// Read a string or a list.
    fn indirect(&mut self, ty: &Type, pointer: usize, length: usize) -> Lifted<Bound<'py, PyAny>> {
        match &ty.kind {
            Kind::List(element) => self.list(element, pointer, length),
            _ => self.string(pointer, length),
        }
    }

    fn spend(&mut self, bytes: usize) -> Lifted<()> {
        match self.budget.checked_sub(bytes) {
            Some(rest) => self.budget = rest,
            None => return guest(format!("it returned more than {} MiB at once", BUDGET >> 20)),
        }
        Ok(())
    }

    fn string(&mut self, pointer: usize, length: usize) -> Lifted<Bound<'py, PyAny>> {
        let utf16 = match self.encoding {
            Encoding::Utf8 => false,
            Encoding::Utf16 => true,
            Encoding::CompactUtf16 => length & UTF16_TAG != 0,
        };
        let units = if self.encoding == Encoding::CompactUtf16 { length & !UTF16_TAG } else { length };
        let aligned = if self.encoding == Encoding::Utf8 { 1 } else { 2 };
        if !pointer.is_multiple_of(aligned) {
            return guest(format!("a string at {pointer:#x} is not aligned"));
        }
        let bytes = self.memory.slice(pointer, if utf16 { units.saturating_mul(2) } else { units })?;
        self.spend(bytes.len())?;
        match (self.encoding, utf16) {
            (Encoding::Utf8, _) => match PyString::from_bytes(self.py, bytes) {
                Ok(text) => Ok(text.into_any()),
                Err(_) => guest(format!("a string of {} bytes at {pointer:#x} is not valid UTF-8", bytes.len())),
            },
            (_, true) => {
                let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
                match char::decode_utf16(units).collect::<Result<String, _>>() {
                    Ok(text) => Ok(PyString::new(self.py, &text).into_any()),
                    Err(_) => {
                        guest(format!("a string of {} units at {pointer:#x} is not valid UTF-16", bytes.len() / 2))
                    }
                }
            }
            (_, false) => {
                let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
                Ok(PyString::new(self.py, &text).into_any())
            }
        }
    }

    fn list(&mut self, element: &Type, pointer: usize, length: usize) -> Lifted<Bound<'py, PyAny>> {
        if !pointer.is_multiple_of(element.align as usize) {
            return guest(format!("a list at {pointer:#x} is not aligned to {} bytes", element.align));
        }
        let bytes = self.memory.slice(pointer, length.saturating_mul(element.size as usize))?;
        if matches!(element.kind, Kind::U8) {
            self.spend(bytes.len())?;
            return Ok(PyBytes::new(self.py, bytes).into_any());
        }
        if self.arrays
            && cfg!(target_endian = "little")
            && let Some(code) = buffer_format(&element.kind)
        {
            self.spend(bytes.len())?;
            let view = PyMemoryView::from(PyBytes::new(self.py, bytes).as_any())?;
            return Ok(view.call_method1(pyo3::intern!(self.py, "cast"), (code,))?);
        }
        // Loading an element spends what it takes; here, nothing is begun that cannot be finished.
        let element_weight = weight(&element.kind);
        self.spend(length.saturating_mul(size_of::<Py<PyAny>>() + element_weight))?;
        self.budget += length * element_weight;
        let mut items = Vec::with_capacity(length);
        for index in 0..length {
            items.push(self.load(element, pointer + index * element.size as usize)?);
        }
        Ok(PyList::new(self.py, items)?.into_any())
    }

    /// Take up the handle of that number.
    fn handle(&mut self, resource: &Arc<Resource>, owned: bool, number: u32) -> Lifted<Bound<'py, PyAny>> {
        let py = self.py;
        let Some(handles) = &mut self.handles else { return guest("it passed a handle where none is possible") };
        let (passed, loans) = match (&mut handles.source, resource.origin) {
            (Source::Taken(passed), _) => (passed.next(), None),
            (Source::Native(table), origin) => match table.borrow_mut().pass(origin, owned, number) {
                Ok(passed) => (Some(passed), None),
                Err(problem) => return guest(problem),
            },
            (Source::Numbers(loans), Origin::Guest(_)) => {
                (Some(Passed::Guest(Representation::Wire(number))), (!owned).then_some(*loans))
            }
            (Source::Numbers(_), Origin::Host(_)) => (Some(Passed::Host { representation: number, owned }), None),
        };
        let object = match (passed, handles.instance) {
            (Some(Passed::Guest(owned)), Some(instance)) => {
                return Ok(Instance::handle(instance.bind(py), resource, owned, loans)?);
            }
            (Some(Passed::Host { representation, owned: true }), _) => handles.host.remove(representation),
            (Some(Passed::Host { representation, owned: false }), _) => handles.host.get(py, representation),
            _ => None,
        };
        match object {
            Some(object) if handles.is_of(py, resource, &object)? => Ok(object.into_bound(py)),
            _ => guest(format!("it passed a handle of no {}", resource.name)),
        }
    }

    fn flags(&self, flags: &Members, bits: u32) -> Lifted<Bound<'py, PyAny>> {
        // The canonical ABI ignores bits beyond the last flag.
        let known = u32::MAX >> (32 - flags.names.len());
        Ok(flags.class.bind(self.py).call1((bits & known,))?)
    }

    /// Read the payload of a case, and wrap it as its kind asks for.
    fn choice(
        &mut self,
        ty: &Type,
        case: u32,
        payload: impl FnOnce(&mut Self, &Type) -> Lifted<Bound<'py, PyAny>>,
    ) -> Lifted<Bound<'py, PyAny>> {
        let py = self.py;
        let (class, ty) = match (&ty.kind, case) {
            (Kind::Variant(variant), _) => match variant.cases.get(case as usize) {
                Some(case) => (case.class.bind(py), case.ty.as_ref()),
                None => return guest(format!("{} has no case number {case}", variant.name)),
            },
            (Kind::Option(_), 0) => return Ok(py.None().into_bound(py)),
            (Kind::Option(option), 1) if !option.nested => return payload(self, &option.some),
            (Kind::Option(option), 1) => (classes::some(py)?, Some(&option.some)),
            (Kind::Result(result), 0) => (classes::ok(py)?, result.ok.as_ref()),
            (Kind::Result(result), 1) => (classes::err(py)?, result.err.as_ref()),
            _ => return guest(format!("an option or result has no case number {case}")),
        };
        match ty {
            Some(ty) => Ok(class.call1((payload(self, ty)?,))?),
            None => Ok(class.call0()?),
        }
    }
}

impl Handles<'_> {
    /// Whether an object is one of `resource`; a number may stand for any object that the other end holds.
    fn is_of(&self, py: Python<'_>, resource: &Resource, object: &Py<PyAny>) -> PyResult<bool> {
        match (&self.source, resource.origin) {
            (Source::Numbers(_), Origin::Host(number)) => match self.host.classes.get(number as usize) {
                Some(class) => object.bind(py).is_instance(class.bind(py)),
                None => Ok(false),
            },
            _ => Ok(true),
        }
    }
}

/// About how many bytes a value takes as a Python object, without what it contains.
const fn weight(kind: &Kind) -> usize {
    match kind {
        Kind::Flags(_) => 512,
        Kind::Record(_) | Kind::Tuple(_) | Kind::Variant(_) | Kind::Option(_) | Kind::Result(_) => 128,
        Kind::String | Kind::List(_) | Kind::Own(_) | Kind::Borrow(_) => 64,
        _ => 24,
    }
}

/// The number itself, or the one NaN that the canonical ABI lets out of guests.
fn canonical(number: f64) -> f64 {
    if number.is_nan() { f64::from_bits(CANONICAL_NAN64) } else { number }
}

/// The next core value.
fn next(flat: &mut &[impl CoreValue]) -> Lifted<u64> {
    match flat.split_first() {
        Some((value, rest)) => {
            *flat = rest;
            Ok(value.bits())
        }
        None => guest("too few core values"),
    }
}

/// A pointer or length of a string or list, which takes half of the type's size.
fn address(ty: &Type, bits: u64) -> usize {
    if ty.size == 8 { bits as u32 as usize } else { bits as usize }
}

/// The code of a number type in Python's buffer formats, whose sizes are native: those of C on every system that is
/// supported.
pub(crate) const fn buffer_format(kind: &Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::S8 => "b",
        Kind::U8 => "B",
        Kind::S16 => "h",
        Kind::U16 => "H",
        Kind::S32 => "i",
        Kind::U32 => "I",
        Kind::S64 => "q",
        Kind::U64 => "Q",
        Kind::F32 => "f",
        Kind::F64 => "d",
        _ => return None,
    })
}
