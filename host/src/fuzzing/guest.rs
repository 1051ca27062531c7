//! A guest's memory without a guest: what `abi` does by a guest's `realloc`, done by a vector.

use pyo3::prelude::*;

use crate::abi::transcode;
use crate::lift::{Encoding, Invalid, Reader};
use crate::message::{Content, Message};
use crate::problem::Converted;
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
        guest.room(message.root, message.root_align);
        let addresses: Vec<_> =
            (0..message.allocations.len()).map(|index| guest.allocate(&mut message, index)).collect();
        guest.memory[..message.root].copy_from_slice(&message.image[..message.root]);
        for (allocation, address) in message.allocations.iter().zip(addresses) {
            let bytes = allocation.content.bytes(&message.image);
            guest.memory[address..address + bytes.len()].copy_from_slice(bytes);
        }
        Ok(guest)
    }

    fn allocate(&mut self, message: &mut Message, index: usize) -> usize {
        let allocation = &mut message.allocations[index];
        let mut length = None;
        if allocation.content.is_text() {
            let text = std::str::from_utf8(allocation.content.bytes(&[])).expect("Python's text is UTF-8");
            if let Some((bytes, units, align)) = transcode(text, self.encoding) {
                allocation.content = Content::Encoded(bytes);
                allocation.align = align;
                length = Some(units);
            }
        }
        let (place, address) = (allocation.place, self.room(allocation.content.length(), allocation.align));
        message.resolve(place, address, length);
        address
    }

    fn room(&mut self, length: usize, align: u32) -> usize {
        let address = self.memory.len().next_multiple_of(align as usize);
        self.memory.resize(address + length, 0);
        address
    }

    /// The value, read back.
    pub(super) fn load<'py>(&self, py: Python<'py>, ty: &Type) -> Bound<'py, PyAny> {
        let value = Reader::new(py, &self.memory, self.encoding, None, false).load(ty, 0);
        value.unwrap_or_else(|invalid| panic!("what was lowered cannot be lifted: {}", reason(*invalid)))
    }
}

/// What is wrong with a guest's value.
pub(super) fn reason(invalid: Invalid) -> String {
    match invalid {
        Invalid::Guest(message) => message,
        Invalid::Python(error) => panic!("lifting raised {error}"),
    }
}
