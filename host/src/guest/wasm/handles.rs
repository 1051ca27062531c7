//! Handles of resources among a guest's values.
//!
//! Only wasmtime's own contexts may look into a guest's handle tables, and they exist only while `abi` lifts or lowers.
//! So handles are found there, by wasmtime's description of the types, and taken up in the same order by `lift`.

use wasmtime::component::__internal::wasmtime_environ::component::{ComponentTypes, InterfaceType};
use wasmtime::component::__internal::{LiftContext, LowerContext};
use wasmtime::component::{Lift, Lower, ResourceAny, ResourceType};
use wasmtime::{Result, ValRaw, bail, format_err};

use super::abi::Violation;
use crate::representation::{Passed, Passing, Representation};
use crate::types::discriminant_size;

/// Most elements of lists that are looked through for handles in one result or argument list, counted wherever they are
/// referred to: lists of lists may be the same bytes many times.
const MOST_ELEMENTS: usize = 1 << 22;

type Case = Option<InterfaceType>;

/// The types that values of `ty` consist of, in order; `None` for those that are not a sequence.
fn sequence(types: &ComponentTypes, ty: InterfaceType) -> Option<Vec<InterfaceType>> {
    match ty {
        InterfaceType::Record(index) => Some(types[index].fields.iter().map(|field| field.ty).collect()),
        InterfaceType::Tuple(index) => Some(types[index].types.to_vec()),
        _ => None,
    }
}

/// The payloads of a type with cases, `None` for a case without one.
fn cases(types: &ComponentTypes, ty: InterfaceType) -> Option<Vec<Case>> {
    match ty {
        InterfaceType::Variant(index) => Some(types[index].cases.values().copied().collect()),
        InterfaceType::Option(index) => Some(vec![None, Some(types[index].ty)]),
        InterfaceType::Result(index) => Some(vec![types[index].ok, types[index].err]),
        _ => None,
    }
}

/// The payload of one case: made for every value, so it does not look at the others.
fn case(types: &ComponentTypes, ty: InterfaceType, number: usize) -> Case {
    match ty {
        InterfaceType::Variant(index) => types[index].cases.get_index(number).and_then(|(_, ty)| *ty),
        InterfaceType::Option(index) if number == 1 => Some(types[index].ty),
        InterfaceType::Result(index) if number == 0 => types[index].ok,
        InterfaceType::Result(index) if number == 1 => types[index].err,
        _ => None,
    }
}

/// Where a type with cases keeps its discriminant and its payload in memory: the one's size, the other's offset.
fn layout(types: &ComponentTypes, ty: InterfaceType) -> Option<(usize, usize)> {
    let (count, info) = match ty {
        InterfaceType::Variant(index) => (types[index].cases.len(), &types[index].info),
        InterfaceType::Option(index) => (2, &types[index].info),
        InterfaceType::Result(index) => (2, &types[index].info),
        _ => return None,
    };
    Some((discriminant_size(count) as usize, info.payload_offset32 as usize))
}

/// Append the handle types within `ty`, as often as they occur.
fn find(types: &ComponentTypes, ty: InterfaceType, found: &mut Vec<InterfaceType>) {
    match ty {
        InterfaceType::Own(_) | InterfaceType::Borrow(_) => found.push(ty),
        InterfaceType::List(index) => find(types, types[index].element, found),
        _ => {
            let parts = sequence(types, ty).into_iter().flatten();
            let payloads = cases(types, ty).into_iter().flatten().flatten();
            parts.chain(payloads).for_each(|ty| find(types, ty, found));
        }
    }
}

fn contains_handles(types: &ComponentTypes, ty: InterfaceType) -> bool {
    let mut found = Vec::new();
    find(types, ty, &mut found);
    !found.is_empty()
}

/// Take the handles in values of `ty` that travel as core values; the host has `resources` resource types.
pub(super) fn lift(
    cx: &mut LiftContext<'_>,
    ty: InterfaceType,
    flat: &[ValRaw],
    resources: usize,
) -> Result<Vec<Passed>> {
    let mut taking = Taking { cx, resources, passed: Vec::new(), elements: 0 };
    if contains_handles(taking.cx.types, ty) {
        taking.flat(ty, flat)?;
    }
    Ok(taking.passed)
}

/// Take the handles in values of `ty` that travel in memory.
pub(super) fn load(cx: &mut LiftContext<'_>, ty: InterfaceType, at: usize, resources: usize) -> Result<Vec<Passed>> {
    let mut taking = Taking { cx, resources, passed: Vec::new(), elements: 0 };
    if contains_handles(taking.cx.types, ty) {
        taking.memory(ty, at)?;
    }
    Ok(taking.passed)
}

struct Taking<'a, 'cx> {
    cx: &'a mut LiftContext<'cx>,
    resources: usize,
    passed: Vec<Passed>,
    /// Of lists, so far.
    elements: usize,
}

impl Taking<'_, '_> {
    /// Take one handle.
    fn take(&mut self, ty: InterfaceType, index: u32) -> Result<()> {
        let (InterfaceType::Own(table) | InterfaceType::Borrow(table)) = ty else { bail!("{ty:?} is no handle") };
        let owned = matches!(ty, InterfaceType::Own(_));
        let resource = self.cx.resource_type(table);
        let host = (0..).take(self.resources).any(|number| resource == ResourceType::host_dynamic(number));
        let violation = |error: wasmtime::Error| Violation(error.to_string());
        self.passed.push(if !host {
            let resource = ResourceAny::linear_lift_from_flat(self.cx, ty, &ValRaw::u32(index));
            Passed::Guest(Representation::Wasm(resource.map_err(violation)?))
        } else if owned {
            let (representation, ..) = self.cx.guest_resource_lift_own(table, index).map_err(violation)?;
            Passed::Host { representation, owned }
        } else {
            let representation = self.cx.guest_resource_lift_borrow(table, index).map_err(violation)?;
            Passed::Host { representation, owned }
        });
        Ok(())
    }

    fn flat(&mut self, ty: InterfaceType, mut flat: &[ValRaw]) -> Result<()> {
        let too_few = || format_err!("too few core values");
        match ty {
            InterfaceType::Own(_) | InterfaceType::Borrow(_) => {
                self.take(ty, flat.first().ok_or_else(too_few)?.get_u32())
            }
            InterfaceType::List(_) => {
                let [pointer, length, ..] = flat else { return Err(too_few()) };
                self.list(ty, pointer.get_u32() as usize, length.get_u32() as usize)
            }
            _ => {
                if let Some(parts) = sequence(self.cx.types, ty) {
                    for part in parts {
                        let count = self.cx.types.canonical_abi(&part).flat_count(flat.len()).ok_or_else(too_few)?;
                        let (own, rest) = flat.split_at(count);
                        self.flat(part, own)?;
                        flat = rest;
                    }
                } else if layout(self.cx.types, ty).is_some() {
                    let (number, payload) = flat.split_first().ok_or_else(too_few)?;
                    // A case that does not exist is reported by `lift`, which knows its name.
                    if let Some(ty) = case(self.cx.types, ty, number.get_u32() as usize) {
                        self.flat(ty, payload)?;
                    }
                }
                Ok(())
            }
        }
    }

    fn memory(&mut self, ty: InterfaceType, at: usize) -> Result<()> {
        match ty {
            InterfaceType::Own(_) | InterfaceType::Borrow(_) => {
                let index = self.bits(at, 4)?;
                self.take(ty, index)
            }
            InterfaceType::List(_) => {
                let (pointer, length) = (self.bits(at, 4)?, self.bits(at + 4, 4)?);
                self.list(ty, pointer as usize, length as usize)
            }
            _ => {
                if let Some(parts) = sequence(self.cx.types, ty) {
                    let mut offset = 0;
                    for part in parts {
                        let start = self.cx.types.canonical_abi(&part).next_field32_size(&mut offset);
                        self.memory(part, at + start)?;
                    }
                } else if let Some((discriminant, payload)) = layout(self.cx.types, ty) {
                    let number = self.bits(at, discriminant)? as usize;
                    if let Some(ty) = case(self.cx.types, ty, number) {
                        self.memory(ty, at + payload)?;
                    }
                }
                Ok(())
            }
        }
    }

    fn list(&mut self, ty: InterfaceType, pointer: usize, length: usize) -> Result<()> {
        let InterfaceType::List(index) = ty else { bail!("{ty:?} is no list") };
        let element = self.cx.types[index].element;
        if !contains_handles(self.cx.types, element) {
            return Ok(());
        }
        self.elements = self.elements.saturating_add(length);
        if self.elements > MOST_ELEMENTS {
            let message = format!("it returned lists of more than {MOST_ELEMENTS} elements that may hold handles");
            return Err(Violation(message).into());
        }
        let size = self.cx.types.canonical_abi(&element).size32 as usize;
        for index in 0..length {
            self.memory(element, pointer.saturating_add(index * size))?;
        }
        Ok(())
    }

    fn bits(&self, at: usize, size: usize) -> Result<u32> {
        let memory = self.cx.memory();
        let bytes = memory.get(at..).and_then(|rest| rest.get(..size)).ok_or_else(|| {
            Violation(format!("{size} bytes at {at:#x} lie outside its memory of {} bytes", memory.len()))
        })?;
        let mut word = [0; 4];
        word[..size].copy_from_slice(bytes);
        Ok(u32::from_le_bytes(word))
    }
}

/// Enter a handle into the guest's table: its index there. `ty` is the type of all values that are passed together.
pub(super) fn lower<T>(cx: &mut LowerContext<'_, T>, ty: InterfaceType, passing: Passing, owned: bool) -> Result<u32> {
    let mut types = Vec::new();
    find(cx.types, ty, &mut types);
    for ty in types {
        let (table, own) = match ty {
            InterfaceType::Own(table) => (table, true),
            InterfaceType::Borrow(table) => (table, false),
            _ => continue,
        };
        if own != owned {
            continue;
        }
        match passing {
            Passing::Guest(Representation::Wasm(resource)) if cx.resource_type(table) == resource.ty() => {
                let mut index = std::mem::MaybeUninit::uninit();
                resource.linear_lower_to_flat(cx, ty, &mut index)?;
                // SAFETY: the call before wrote it.
                return Ok(unsafe { index.assume_init() }.get_u32());
            }
            Passing::Host { resource, representation }
                if cx.resource_type(table) == ResourceType::host_dynamic(resource) =>
            {
                return if owned {
                    cx.guest_resource_lower_own(table, representation)
                } else {
                    cx.guest_resource_lower_borrow(table, representation)
                };
            }
            _ => {}
        }
    }
    bail!("the function takes no such resource")
}
