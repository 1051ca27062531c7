//! Values of one side of a signature as bytes, for a guest whose memory is elsewhere.
//!
//! The layout is the canonical ABI's, with 32-bit pointers that are offsets into the bytes, and UTF-8. Values that travel
//! as core values come first, 8 bytes each; others as they lie in memory. A handle is a number that both ends know.

use std::convert::Infallible;

use pyo3::prelude::*;

use crate::encoding::Encoding;
use crate::error::Error;
use crate::lift::{Handles, Invalid, Lifted, Reader};
use crate::message::{Allocate, Message};
use crate::representation::{Passing, Representation};
use crate::signature::{MAX_FLAT_PARAMS, MAX_FLAT_RESULTS, Signature};
use crate::types::Type;

/// Bytes of a pointer.
pub(crate) const POINTER: u32 = 4;
/// Bytes of a core value.
const SLOT: usize = 8;

/// The bytes of a message.
#[derive(Default)]
struct Buffer {
    bytes: Vec<u8>,
    /// Bytes that are spoken for.
    length: usize,
}

impl Allocate for Buffer {
    type Error = Infallible;

    fn encoding(&self) -> Result<Encoding, Infallible> {
        Ok(Encoding::Utf8)
    }

    fn allocate(&mut self, align: u32, size: usize) -> Result<usize, Infallible> {
        let address = self.length.next_multiple_of(align as usize);
        self.length = address.saturating_add(size);
        Ok(address)
    }

    /// Pieces come in the order in which they were allocated; nothing is written where they are too large for offsets.
    fn write<'b>(&mut self, pieces: impl Iterator<Item = (usize, &'b [u8])>) -> Result<(), Infallible> {
        if self.fits() {
            self.bytes.reserve_exact(self.length - self.bytes.len());
            for (address, piece) in pieces {
                self.bytes.resize(address, 0);
                self.bytes.extend_from_slice(piece);
            }
        }
        Ok(())
    }

    fn enter(&mut self, passing: Passing, _owned: bool) -> Result<u32, Infallible> {
        Ok(match passing {
            Passing::Guest(Representation::Wire(number)) | Passing::Host { representation: number, .. } => number,
            Passing::Guest(_) => unreachable!("handles of other guests are refused before"),
        })
    }
}

impl Buffer {
    fn fits(&self) -> bool {
        u32::try_from(self.length).is_ok()
    }
}

/// The bytes of a message whose handles have been taken.
pub(crate) fn encode(message: &mut Message) -> Result<Vec<u8>, Error> {
    let slots = message.count * SLOT;
    let mut buffer = Buffer { bytes: vec![0; slots], length: slots };
    let Ok(_) = message.place(&mut buffer, None);
    if !buffer.fits() {
        return Err(Error::OutOfRange("values of more than 4 GiB cannot be passed at once".to_owned()));
    }
    for (slot, bits) in buffer.bytes.chunks_exact_mut(SLOT).zip(&message.flat[..message.count]) {
        slot.copy_from_slice(&bits.to_le_bytes());
    }
    Ok(buffer.bytes)
}

/// The bytes of core values that refer to nothing.
pub(crate) fn encode_flat(flat: &[u64]) -> Vec<u8> {
    flat.iter().flat_map(|bits| bits.to_le_bytes()).collect()
}

/// The parameters in `bytes`.
pub(crate) fn parameters<'py>(
    py: Python<'py>,
    bytes: &[u8],
    signature: &Signature,
    handles: Handles<'_>,
    arrays: bool,
) -> Lifted<Vec<Bound<'py, PyAny>>> {
    let mut flat = [0; MAX_FLAT_PARAMS as usize];
    let address = if signature.parameters_in_memory() { Some(0) } else { None };
    let count = if address.is_some() { 0 } else { signature.flat as usize };
    let flat = core_values(bytes, &mut flat[..count])?;
    Reader::new(py, bytes, Encoding::Utf8, Some(handles), arrays).parameters(signature, address, flat)
}

/// The result in `bytes`.
pub(crate) fn result<'py>(
    py: Python<'py>,
    bytes: &[u8],
    ty: &Type,
    handles: Handles<'_>,
    arrays: bool,
) -> Lifted<Bound<'py, PyAny>> {
    let mut reader = Reader::new(py, bytes, Encoding::Utf8, Some(handles), arrays);
    if ty.flat > MAX_FLAT_RESULTS {
        return reader.load(ty, 0);
    }
    let mut flat = [0; MAX_FLAT_RESULTS as usize];
    let flat = core_values(bytes, &mut flat)?;
    reader.lift(ty, &mut &*flat)
}

fn core_values<'f>(bytes: &[u8], flat: &'f mut [u64]) -> Lifted<&'f [u64]> {
    let slots = bytes.chunks_exact(SLOT).filter_map(|slot| slot.try_into().ok()).map(u64::from_le_bytes);
    if bytes.len() < flat.len() * SLOT {
        let message = format!("{} bytes hold less than {} core values", bytes.len(), flat.len());
        return Err(Box::new(Invalid::Guest(message)));
    }
    for (value, slot) in flat.iter_mut().zip(slots) {
        *value = slot;
    }
    Ok(flat)
}
