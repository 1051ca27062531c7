//! From Python objects to the canonical ABI: arguments of exports, results of host functions.
//!
//! Source: the component model's `CanonicalABI.md`, "Storing" and "Flattening", in two walks over the same types: `lower`
//! makes core values, `store` writes an image of memory. Everything that does not depend on where a value goes is shared.

mod choice;
mod elements;
mod scalar;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use self::choice::{choose, flag_bits};
use self::elements::{Attributes, items_of, number_buffer, sequence};
pub(crate) use self::scalar::{CANONICAL_NAN64, scalar};
use crate::message::{Content, Handed, Held, Message, Owner, Place, Receiver};
use crate::problem::{Converted, Problem};
use crate::resource::{Handle, Origin, Resource};
use crate::types::{Kind, Type};

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
                self.push(flag_bits(flags, value)?.into());
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
            Kind::Own(resource) | Kind::Borrow(resource) => {
                let slot = self.count;
                self.push(0);
                self.handle(resource, matches!(ty.kind, Kind::Own(_)), value, Place::Flat(slot))
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
            Kind::String | Kind::List(_) => self.indirect(ty, value, Place::Image { at, width: ty.size / 2 }),
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
                self.write(at, flag_bits(flags, value)?.into(), ty.size);
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
            Kind::Own(resource) | Kind::Borrow(resource) => {
                self.handle(resource, matches!(ty.kind, Kind::Own(_)), value, Place::Image { at, width: ty.size })
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

    /// Refer to a handle from `place`.
    fn handle(&mut self, resource: &Resource, owned: bool, value: &Bound<'_, PyAny>, place: Place) -> Converted<()> {
        let receiver = self.receiver.as_ref().ok_or_else(|| Problem::resource("no resource can be passed here"))?;
        let number = match resource.origin {
            Origin::Guest(_) => {
                let handle = guest_handle(resource, value, receiver, owned)?;
                if let Some(message) = self.conflict(&handle, owned) {
                    return Err(Problem::resource(message));
                }
                self.hand(place, owned, Held::Handle(handle.unbind()));
                return Ok(());
            }
            Origin::Host(number) => number,
        };
        let class = receiver.host.classes[number as usize].bind(value.py());
        if !value.is_instance(class).map_err(Problem::raised)? {
            let name = class.getattr("__name__").map_or_else(|_| resource.name.clone(), |name| name.to_string());
            return Err(Problem::mismatch(&name, value));
        }
        self.hand(place, owned, Held::Object { resource: number, object: Some(value.clone().unbind()) });
        Ok(())
    }

    /// Why a handle cannot be passed beside those that the message has already.
    fn conflict(&self, handle: &Bound<'_, Handle>, owned: bool) -> Option<String> {
        let same = |handed: &&Handed| matches!(&handed.held, Held::Handle(other) if other.is(handle));
        let other = self.handles.iter().find(|handed| same(handed) && (owned || handed.owned))?;
        let name = &handle.get().resource.name;
        let how = if owned && other.owned { "given away twice" } else { "lent and given away" };
        Some(format!("this {name} is {how} in one call"))
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

/// The handle of a guest's resource, if it can be passed.
fn guest_handle<'py>(
    resource: &Resource,
    value: &Bound<'py, PyAny>,
    receiver: &Receiver,
    owned: bool,
) -> Converted<Bound<'py, Handle>> {
    let mismatch = || Problem::mismatch(&format!("a handle of {}", resource.name), value);
    let handle = value.getattr_opt(pyo3::intern!(value.py(), "_handle")).map_err(Problem::raised)?;
    let handle = handle.and_then(|handle| handle.cast_into::<Handle>().ok()).ok_or_else(mismatch)?;
    let held = handle.get();
    if !std::ptr::eq(held.instance.as_ptr(), receiver.instance) {
        let message = format!("this {} belongs to another instance", held.resource.name);
        return Err(Problem::resource(message));
    }
    if held.resource.origin != resource.origin {
        return Err(mismatch());
    }
    match held.unusable(owned) {
        Some(message) => Err(Problem::resource(message)),
        None => Ok(handle),
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
