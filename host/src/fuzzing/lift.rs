//! Arbitrary memory and core values as a value of an arbitrary type.

use arbitrary::Unstructured;
use pyo3::prelude::*;
use wasmtime::ValRaw;

use super::guest::{Guest, reason};
use super::interpreter::{attach, repr};
use super::subject::{any_encoding, any_type, type_of};
use crate::lift::Reader;
use crate::signature::MAX_FLAT_PARAMS;

/// Lift; what comes out must go into a guest again, and come out the same.
pub fn lift(data: &[u8]) {
    // Too few bytes for a type are no case.
    let _ = attach(|py| run(py, &mut Unstructured::new(data)));
}

fn run(py: Python<'_>, u: &mut Unstructured<'_>) -> arbitrary::Result<()> {
    let ty = type_of(py, &any_type(u)?);
    let encoding = any_encoding(u)?;
    let flat = u.arbitrary::<bool>()? && ty.flat <= MAX_FLAT_PARAMS;
    let count = if flat { ty.flat } else { 0 };
    let core = (0..count).map(|_| Ok(ValRaw::u64(u.arbitrary()?))).collect::<arbitrary::Result<Vec<_>>>()?;
    let memory = u.peek_bytes(u.len()).unwrap_or_default();
    let read = |arrays| {
        let mut reader = Reader::new(py, memory, encoding, None, arrays);
        if flat { reader.lift(&ty, &mut core.as_slice()) } else { reader.load(&ty, 0) }
    };
    let array = read(true).map_err(|invalid| reason(*invalid));
    match read(false) {
        Err(invalid) => drop(reason(*invalid)),
        Ok(value) => {
            let taken = |value| match Guest::holding(&ty, value, encoding) {
                Ok(guest) => guest,
                Err(problem) => panic!("what was lifted cannot be lowered: {}", problem.into_error("lift")),
            };
            let (guest, array) = (taken(&value), taken(&array.expect("buffers are lifted where lists are")));
            assert_eq!(repr(&guest.load(py, &ty)), repr(&value));
            assert_eq!(guest.memory, array.memory);
        }
    }
    Ok(())
}
