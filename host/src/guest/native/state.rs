//! What the host keeps for one native guest, within reach of the guest's imports.

use std::cell::RefCell;
use std::ffi::{CStr, c_void};
use std::ptr;
use std::sync::Arc;

use super::Representation;
use super::handles::Table;
use super::layout::{Call, GetFailure, NO_VALUES, Realloc};
use super::names::Import;
use crate::failure::Failure;
use crate::host::Host;
use crate::host_function::HostFunction;

/// The host's side of a library.
pub(super) struct State {
    pub host: Arc<Host>,
    pub functions: Arc<[Arc<HostFunction>]>,
    /// In the order of the library's table.
    pub imports: Vec<Import>,
    /// By the number of the resource.
    pub destructors: Vec<Call>,
    pub realloc: Realloc,
    pub get_failure: GetFailure,
    pub table: RefCell<Table>,
    /// Why the call under way has to end.
    pub failure: RefCell<Option<Box<Failure>>>,
}

impl State {
    /// Run a function of the library.
    #[inline]
    pub(super) fn enter(&self, function: Call, values: &mut [u64; NO_VALUES.len()]) -> Result<(), Box<Failure>> {
        // SAFETY: the function is from the table of the library, which is loaded as long as this state exists; there are
        // as many values as any function takes, and those that it takes were written.
        let ended = unsafe { function(values.as_mut_ptr()) };
        // A guest that goes on where it should not has failed as well.
        if ended == 0 && self.failure.borrow().is_none() {
            Ok(())
        } else {
            Err(self.failed(|| "it ended the call without a reason".to_owned()))
        }
    }

    /// Why the last call of the library failed; `otherwise` where nobody has said so.
    #[cold]
    fn failed(&self, otherwise: impl FnOnce() -> String) -> Box<Failure> {
        if let Some(failure) = self.failure.take() {
            return failure;
        }
        // SAFETY: the function is from the library's table, and returns null or a string that ends with zero.
        let message = unsafe {
            let message = (self.get_failure)();
            (!message.is_null()).then(|| CStr::from_ptr(message).to_string_lossy().into_owned())
        };
        let message = message.unwrap_or_else(otherwise);
        Box::new(Failure::Trap { reason: format!("the guest failed: {message}"), frames: Vec::new() })
    }

    /// Room in the library's memory: its address.
    pub(super) fn allocate(&self, align: usize, size: usize) -> Result<usize, Box<Failure>> {
        // SAFETY: the function is from the library's table; no block is handed in.
        let block: *mut c_void = unsafe { (self.realloc)(ptr::null_mut(), 0, align, size) };
        if self.failure.borrow().is_some() || (block.is_null() && size > 0) {
            return Err(self.failed(|| format!("it has no room for {size} bytes")));
        }
        Ok(block.expose_provenance())
    }

    /// Run the destructor of a resource.
    pub(super) fn destroy(&self, resource: Representation) -> Result<(), Box<Failure>> {
        let mut values = NO_VALUES;
        values[0] = resource.representation.into();
        self.enter(self.destructors[resource.resource], &mut values)
    }
}
