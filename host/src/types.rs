//! WIT types as the bridge uses them: the layout of the canonical ABI beside the Python class of each named type.
//!
//! Layout follows the component model's `CanonicalABI.md`: "Alignment", "Element Size" and "Flattening", for pointers
//! of 4 or 8 bytes.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::resource::Resource;

/// Most flags that one type may have, as the canonical ABI says.
pub(crate) const MAX_FLAGS: usize = 32;

/// A type, and the room its values take in memory (`size`, `align`) and as core values (`flat`).
#[derive(Clone, Debug)]
pub(crate) struct Type {
    pub kind: Kind,
    pub size: u32,
    pub align: u32,
    pub flat: u32,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Bool,
    S8,
    U8,
    S16,
    U16,
    S32,
    U32,
    S64,
    U64,
    F32,
    F64,
    Char,
    String,
    List(Arc<Type>),
    Record(Arc<Record>),
    Tuple(Arc<Vec<Element>>),
    Variant(Arc<Variant>),
    Enum(Arc<Members>),
    Flags(Arc<Members>),
    Option(Arc<OptionType>),
    Result(Arc<ResultType>),
    /// A resource that is given away.
    Own(Arc<Resource>),
    /// A resource that is lent for a call.
    Borrow(Arc<Resource>),
}

/// A position in a tuple, or in a parameter list.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub ty: Type,
    pub offset: u32,
}

#[derive(Debug)]
pub(crate) struct Record {
    pub name: String,
    pub class: Py<PyAny>,
    pub fields: Vec<Field>,
    /// Whether values can be part of no cycle.
    pub flat: bool,
}

#[derive(Debug)]
pub(crate) struct Field {
    /// The attribute's name in Python: interned, so that look-ups compare pointers.
    pub attribute: Py<PyString>,
    pub ty: Type,
    pub offset: u32,
    /// Where an instance of the class keeps the value; see `record::slots`.
    pub slot: Option<usize>,
}

#[derive(Debug)]
pub(crate) struct Variant {
    pub name: String,
    /// The class that all case classes extend.
    pub class: Py<PyAny>,
    pub cases: Vec<Case>,
    pub payload: u32,
}

#[derive(Debug)]
pub(crate) struct Case {
    pub name: String,
    pub class: Py<PyAny>,
    pub ty: Option<Type>,
}

/// The members of an enum or of flags, in the order of the WIT.
#[derive(Debug)]
pub(crate) struct Members {
    pub name: String,
    pub class: Py<PyAny>,
    pub names: Vec<String>,
    pub members: Vec<Py<PyAny>>,
}

#[derive(Debug)]
pub(crate) struct OptionType {
    pub some: Type,
    pub payload: u32,
    /// Whether `some` is itself an option, so that `None` would be ambiguous without `componium.Some`.
    pub nested: bool,
}

#[derive(Debug)]
pub(crate) struct ResultType {
    pub ok: Option<Type>,
    pub err: Option<Type>,
    pub payload: u32,
}

/// The next multiple of `align`.
pub(crate) fn align_to(offset: u32, align: u32) -> u32 {
    offset.next_multiple_of(align)
}

/// Bytes of a variant's discriminant with so many cases.
pub(crate) fn discriminant_size(cases: usize) -> u32 {
    match cases {
        0..=0x100 => 1,
        0x101..=0x1_0000 => 2,
        _ => 4,
    }
}

/// Lay elements out one after another, each at its alignment: (offsets, size, align, flat).
pub(crate) fn sequence<'a>(types: impl IntoIterator<Item = &'a Type>) -> (Vec<u32>, u32, u32, u32) {
    let (mut offsets, mut size, mut align, mut flat) = (Vec::new(), 0, 1, 0);
    for ty in types {
        size = align_to(size, ty.align);
        offsets.push(size);
        size += ty.size;
        align = align.max(ty.align);
        flat += ty.flat;
    }
    (offsets, align_to(size, align), align, flat)
}

/// Lay a discriminant and the largest of its payloads out: (payload offset, size, align, flat).
pub(crate) fn choice<'a>(cases: usize, payloads: impl Iterator<Item = &'a Type> + Clone) -> (u32, u32, u32, u32) {
    let discriminant = discriminant_size(cases);
    let align = payloads.clone().map(|ty| ty.align).max().unwrap_or(1).max(discriminant);
    let size = payloads.clone().map(|ty| ty.size).max().unwrap_or(0);
    let flat = payloads.clone().map(|ty| ty.flat).max().unwrap_or(0);
    let payload = align_to(discriminant, payloads.map(|ty| ty.align).max().unwrap_or(1));
    (payload, align_to(payload + size, align), align, 1 + flat)
}

impl Type {
    /// A type of `size` bytes that is its own alignment and one core value.
    pub(crate) const fn scalar(kind: Kind, size: u32) -> Self {
        Self { kind, size, align: size, flat: 1 }
    }

    /// Whether values are one core value, which refers to nothing.
    pub(crate) const fn is_scalar(&self) -> bool {
        use Kind::{Bool, Char, Enum, F32, F64, S8, S16, S32, S64, U8, U16, U32, U64};
        matches!(self.kind, Bool | S8 | U8 | S16 | U16 | S32 | U32 | S64 | U64 | F32 | F64 | Char | Enum(_))
    }

    /// Whether values may contain handles of resources.
    pub(crate) fn has_handles(&self) -> bool {
        match &self.kind {
            Kind::Own(_) | Kind::Borrow(_) => true,
            Kind::List(element) => element.has_handles(),
            Kind::Record(record) => record.fields.iter().any(|field| field.ty.has_handles()),
            Kind::Tuple(elements) => elements.iter().any(|element| element.ty.has_handles()),
            Kind::Variant(variant) => variant.cases.iter().filter_map(|case| case.ty.as_ref()).any(Self::has_handles),
            Kind::Option(option) => option.some.has_handles(),
            Kind::Result(result) => result.ok.iter().chain(&result.err).any(Self::has_handles),
            _ => false,
        }
    }

    /// The Python class of a named type.
    pub(crate) fn class(&self) -> Option<&Py<PyAny>> {
        match &self.kind {
            Kind::Record(record) => Some(&record.class),
            Kind::Variant(variant) => Some(&variant.class),
            Kind::Enum(members) | Kind::Flags(members) => Some(&members.class),
            _ => None,
        }
    }

    /// Of a variant, option or result: the size of its discriminant and the offset of its payload.
    pub(crate) fn choice_layout(&self) -> (u32, u32) {
        match &self.kind {
            Kind::Variant(variant) => (discriminant_size(variant.cases.len()), variant.payload),
            Kind::Option(option) => (1, option.payload),
            Kind::Result(result) => (1, result.payload),
            kind => unreachable!("{kind:?} has no cases"),
        }
    }

    /// A pointer and a length, each of `pointer` bytes.
    pub(crate) const fn pair(kind: Kind, pointer: u32) -> Self {
        Self { kind, size: 2 * pointer, align: pointer, flat: 2 }
    }
}

impl Members {
    /// Bytes of the bit set of flags.
    pub(crate) fn flags_size(count: usize) -> u32 {
        match count {
            0..=8 => 1,
            9..=16 => 2,
            _ => 4,
        }
    }
}
