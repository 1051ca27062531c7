//! The memory of a native guest: that of the process.

use std::ptr;

use super::Representation;
use super::handles::Entry;
use super::origin;
use super::state::State;
use crate::encoding::Encoding;
use crate::failure::Failure;
use crate::lift::{self, Invalid, Lifted};
use crate::message::Allocate;
use crate::representation::{self, Passing};
use crate::resource::Origin;

/// The process's memory, at absolute addresses.
#[derive(Clone, Copy)]
pub(super) struct Memory;

impl<'m> lift::Memory<'m> for Memory {
    #[inline]
    fn slice(&self, at: usize, length: usize) -> Lifted<&'m [u8]> {
        if length == 0 {
            return Ok(&[]);
        }
        if at == 0 || at.checked_add(length).is_none_or(|end| end > isize::MAX.cast_unsigned()) {
            let problem = format!("{length} bytes at {at:#x} lie outside the process's memory");
            return Err(Box::new(Invalid::Guest(problem)));
        }
        // SAFETY: a native plugin runs with the application's trust: what it returns is memory of its own, which it
        // leaves alone until the host has read it. Only null and what wraps around can be told to be wrong.
        Ok(unsafe { std::slice::from_raw_parts(ptr::with_exposed_provenance(at), length) })
    }
}

/// A core value as an address.
#[allow(clippy::cast_possible_truncation)] // pointers are in the low bits
pub(super) const fn address(value: u64) -> usize {
    value as usize
}

/// The library, while values are placed into memory that it allocates.
pub(super) struct Placing<'a>(pub &'a State);

impl Allocate for Placing<'_> {
    type Error = Box<Failure>;

    fn encoding(&self) -> Result<Encoding, Self::Error> {
        Ok(Encoding::Utf8)
    }

    fn allocate(&mut self, align: u32, size: usize) -> Result<usize, Self::Error> {
        let address = self.0.allocate(align as usize, size)?;
        if size > 0 && !address.is_multiple_of(align as usize) {
            let problem = format!("it allocated {address:#x} where an address aligned to {align} bytes was asked for");
            return Err(Box::new(Failure::violation(problem, Vec::new())));
        }
        Ok(address)
    }

    fn write<'b>(&mut self, pieces: impl Iterator<Item = (usize, &'b [u8])>) -> Result<(), Self::Error> {
        for (address, bytes) in pieces.filter(|(_, bytes)| !bytes.is_empty()) {
            // SAFETY: the library has allocated as many bytes at `address`, or offers them for a result; it is trusted
            // to have done so. They are not those of a message, which the host allocated.
            unsafe {
                ptr::copy_nonoverlapping(bytes.as_ptr(), ptr::with_exposed_provenance_mut(address), bytes.len());
            }
        }
        Ok(())
    }

    fn enter(&mut self, passing: Passing, owned: bool) -> Result<u32, Self::Error> {
        let mut table = self.0.table.borrow_mut();
        let (origin, representation) = match passing {
            Passing::Guest(representation::Representation::Native(Representation { resource, representation })) => {
                if !owned {
                    // To its own functions, a library lends what it knows the resource by.
                    return Ok(representation);
                }
                (origin(resource), representation)
            }
            Passing::Host { resource, representation } => (Origin::Host(resource), representation),
            Passing::Guest(_) => unreachable!("handles of other guests are refused before"),
        };
        Ok(table.insert(if owned {
            Entry::owned(origin, representation)
        } else {
            Entry::borrowed(origin, representation)
        }))
    }
}
