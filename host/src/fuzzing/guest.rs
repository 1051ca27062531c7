//! A guest's memory without a guest: what others do by a guest's `realloc`, done by a vector.

use std::convert::Infallible;

use pyo3::prelude::*;

use crate::encoding::Encoding;
use crate::lift::{Invalid, Reader};
use crate::message::{Allocate, Message};
use crate::problem::Converted;
use crate::representation::Passing;
use crate::types::Type;

/// Memory with one value at address 0.
pub(super) struct Guest {
    pub memory: Vec<u8>,
    encoding: Encoding,
}

impl Guest {
    /// A guest that was given `value`.
    pub(super) fn holding(ty: &Type, value: &Bound<'_, PyAny>, encoding: Encoding) -> Converted<Self> {
        let mut message = Message::in_memory(None, ty.size, ty.align);
        message.store(ty, value, 0)?;
        let mut guest = Self { memory: Vec::new(), encoding };
        let Ok(_) = message.place(&mut guest, None);
        Ok(guest)
    }

    /// The value, read back.
    pub(super) fn load<'py>(&self, py: Python<'py>, ty: &Type) -> Bound<'py, PyAny> {
        let value = Reader::new(py, self.memory.as_slice(), self.encoding, None, false).load(ty, 0);
        value.unwrap_or_else(|invalid| panic!("what was lowered cannot be lifted: {}", reason(*invalid)))
    }
}

impl Allocate for Guest {
    type Error = Infallible;

    fn encoding(&self) -> Result<Encoding, Infallible> {
        Ok(self.encoding)
    }

    fn allocate(&mut self, align: u32, size: usize) -> Result<usize, Infallible> {
        let address = self.memory.len().next_multiple_of(align as usize);
        self.memory.resize(address + size, 0);
        Ok(address)
    }

    fn write<'b>(&mut self, pieces: impl Iterator<Item = (usize, &'b [u8])>) -> Result<(), Infallible> {
        for (address, bytes) in pieces {
            self.memory[address..address + bytes.len()].copy_from_slice(bytes);
        }
        Ok(())
    }

    fn enter(&mut self, _: Passing, _: bool) -> Result<u32, Infallible> {
        unreachable!("the palette has no resources")
    }
}

/// What is wrong with a guest's value.
pub(super) fn reason(invalid: Invalid) -> String {
    match invalid {
        Invalid::Guest(message) => message,
        Invalid::Python(error) => panic!("lifting raised {error}"),
    }
}
