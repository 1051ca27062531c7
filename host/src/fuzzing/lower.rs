//! Arbitrary Python values as values of an arbitrary type.

use arbitrary::Unstructured;
use pyo3::prelude::*;
use pyo3::types::PyModule;

use super::guest::Guest;
use super::interpreter::{attach, repr};
use super::subject::{any_encoding, any_type, type_of};
use super::value::Values;
use crate::message::Message;
use crate::signature::MAX_FLAT_PARAMS;

/// Lower; what goes in must come out as a value that goes in the same. What does not go in must be told so politely.
pub fn lower(data: &[u8]) {
    let _ = attach(|py| run(py, &mut Unstructured::new(data)));
}

fn run(py: Python<'_>, u: &mut Unstructured<'_>) -> arbitrary::Result<()> {
    let ty = type_of(py, &any_type(u)?);
    let encoding = any_encoding(u)?;
    let values = Values::new(py);
    // Made twice, as some values change when they are looked at.
    let bytes = u.peek_bytes(u.len()).unwrap_or_default();
    let (value, twin) = (values.of(u, &ty)?, values.of(&mut Unstructured::new(bytes), &ty)?);
    let flat = (ty.flat <= MAX_FLAT_PARAMS).then(|| Message::flat(None).lower(&ty, &twin));
    let guest = match Guest::holding(&ty, &value, encoding) {
        Ok(guest) => guest,
        Err(problem) => {
            assert!(flat.is_none_or(|lowered| lowered.is_err()), "core values were more lenient than memory");
            let error = problem.into_error("lower");
            let polite = PyModule::import(py, "componium").and_then(|module| module.getattr("ConversionError"));
            let polite = polite.and_then(|class| error.value(py).is_instance(&class));
            assert!(polite.expect("the class exists") || values.is_own(&error), "lowering raised {error}");
            return Ok(());
        }
    };
    assert!(flat.is_none_or(|lowered| lowered.is_ok()), "memory was more lenient than core values");
    let out = guest.load(py, &ty);
    let again = match Guest::holding(&ty, &out, encoding) {
        Ok(again) => again,
        Err(problem) => panic!("what was lifted cannot be lowered: {}", problem.into_error("lower")),
    };
    // Not the bytes: a NaN in a buffer goes in as it is, as the canonical ABI allows, and comes out as the one of Python.
    assert_eq!(again.memory.len(), guest.memory.len());
    assert_eq!(repr(&again.load(py, &ty)), repr(&out));
    Ok(())
}
