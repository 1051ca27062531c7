//! Calls that a native guest makes: of the application's functions, and for its handles.

use std::ffi::c_void;

use pyo3::prelude::*;

use super::handles::Entry;
use super::memory::{Memory, Placing, address};
use super::names::Import;
use super::state::State;
use super::{Representation, origin};
use crate::call::{aligned, result_address};
use crate::encoding::Encoding;
use crate::failure::Failure;
use crate::lift::{Handles, Reader, Source};
use crate::resource::{self, Origin};
use crate::signature::{MAX_FLAT_PARAMS, MAX_FLAT_RESULTS};

/// Core values of an import at most: its parameters, and where its result goes.
const MOST_VALUES: usize = MAX_FLAT_PARAMS as usize + 1;

/// What a library calls for all of its imports; `docs/reference/native-abi.md`.
///
/// # Safety
///
/// `context` is the `State` of the library, and `values` are as many as the import's type has, at least one.
pub(super) unsafe extern "C" fn call(context: *const c_void, import: u32, values: *mut u64) -> i32 {
    // SAFETY: as promised; the state lives as long as the library is loaded.
    let state = unsafe { &*context.cast::<State>() };
    if state.failure.borrow().is_some() {
        // The call has ended already.
        return 1;
    }
    // SAFETY: as promised.
    match unsafe { state.import(import, values) } {
        Ok(()) => 0,
        Err(failure) => {
            state.failure.borrow_mut().get_or_insert(failure);
            1
        }
    }
}

fn violation(problem: impl std::fmt::Display) -> Box<Failure> {
    Box::new(Failure::violation(problem, Vec::new()))
}

fn raised(error: PyErr) -> Box<Failure> {
    Box::new(Failure::Raised { error, frames: Vec::new() })
}

/// Run `body` attached to the interpreter, unless that has ended.
fn attached<R>(body: impl FnOnce(Python<'_>) -> Result<R, Box<Failure>>) -> Result<R, Box<Failure>> {
    Python::try_attach(body).unwrap_or_else(|| {
        let reason = "it called a function of the host after the interpreter's end".to_owned();
        Err(Box::new(Failure::Trap { reason, frames: Vec::new() }))
    })
}

impl State {
    /// # Safety
    ///
    /// As for `call`.
    unsafe fn import(&self, number: u32, values: *mut u64) -> Result<(), Box<Failure>> {
        let import =
            self.imports.get(number as usize).ok_or_else(|| violation(format!("it has no import {number}")))?;
        // SAFETY: as promised.
        let result = unsafe {
            match *import {
                Import::Function(index) => self.call_host(index, values)?,
                Import::Drop(origin) => {
                    self.drop_handle(origin, low(*values))?;
                    None
                }
                Import::New(resource) => {
                    let entry = Entry::owned(origin(resource), low(*values));
                    Some(self.table.borrow_mut().insert(entry).into())
                }
                Import::Representation(resource) => {
                    let found = self.table.borrow_mut().representation(origin(resource), low(*values));
                    Some(found.map_err(violation)?.into())
                }
            }
        };
        if let Some(result) = result {
            // SAFETY: as promised.
            unsafe { *values = result };
        }
        Ok(())
    }

    /// Call what the application provides: the core value of the result.
    ///
    /// # Safety
    ///
    /// As for `call`.
    unsafe fn call_host(&self, index: usize, values: *const u64) -> Result<Option<u64>, Box<Failure>> {
        let function = &self.functions[index];
        let signature = &function.signature;
        let in_memory = signature.parameters_in_memory();
        let count = if in_memory { 1 } else { signature.flat as usize };
        let result = signature.result.as_ref();
        let result_in_memory = result.is_some_and(|ty| ty.flat > MAX_FLAT_RESULTS);
        let mut copied = [0; MOST_VALUES];
        for (index, value) in copied[..count + usize::from(result_in_memory)].iter_mut().enumerate() {
            // SAFETY: the import's type has so many values.
            *value = unsafe { *values.add(index) };
        }
        let root = match result {
            Some(ty) if result_in_memory => result_address(ty, address(copied[count]))?,
            _ => None,
        };
        if root == Some(0) {
            return Err(violation("it asked for a result at address 0"));
        }
        let parameters =
            if in_memory { Some(aligned("its parameters", address(copied[0]), signature.align)?) } else { None };
        let lent = self.table.borrow().lent();
        let result = attached(|py| {
            let handles = Handles { source: Source::Native(&self.table), instance: None, host: &self.host };
            let mut reader = Reader::new(py, Memory, Encoding::Utf8, Some(handles), self.host.arrays);
            let arguments = reader.parameters(signature, parameters, &copied[..count])?;
            let mut message = function.call(py, &self.host, index, arguments, None).map_err(raised)?;
            message.place(&mut Placing(self), root)?;
            Ok(message.flat[0])
        })?;
        self.table.borrow_mut().end_lending(lent);
        Ok((signature.result.is_some() && !result_in_memory).then_some(result))
    }

    fn drop_handle(&self, origin: Origin, number: u32) -> Result<(), Box<Failure>> {
        let entry = self.table.borrow_mut().remove(origin, number).map_err(violation)?;
        match origin {
            _ if !entry.is_owned() => Ok(()),
            Origin::Guest(resource) => self.destroy(Representation { resource, representation: entry.representation }),
            Origin::Host(_) => attached(|py| {
                let object = self.host.remove(entry.representation);
                let object = object.ok_or_else(|| violation("it dropped a resource that it does not hold"))?;
                resource::dropped(object.bind(py)).map_err(raised)
            }),
        }
    }
}

/// A number of 32 bits in a core value.
#[allow(clippy::cast_possible_truncation)] // it is in the low bits
const fn low(value: u64) -> u32 {
    value as u32
}
