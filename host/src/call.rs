//! A call of a guest under way: what its kind needs to know to make it, and what comes of it.

use std::cell::Cell;
use std::time::Instant;

use pyo3::prelude::*;

use crate::encoding::Encoding;
use crate::host::Host;
use crate::instance::Instance;
use crate::lift::{CoreValue, Handles, Invalid, Memory, Reader};
use crate::message::Message;
use crate::signature::{MAX_FLAT_RESULTS, Signature};
use crate::types::Type;

/// A call of an export, the start of a guest, or the end of one of its resources.
pub(crate) struct Call<'a> {
    /// `None` where no export is called.
    pub export: Option<(&'a Signature, &'a Py<Instance>)>,
    pub host: &'a Host,
    /// `None` where this thread let the interpreter go for the call.
    pub attached: Option<Python<'a>>,
    /// When the guest came to an end.
    pub returned: Cell<Option<Instant>>,
    timed: bool,
}

/// Arguments of an export.
pub(crate) enum Arguments<'a> {
    /// Core values alone.
    Flat(&'a [u64]),
    Message(Cell<Option<&'a mut Message>>),
}

/// The result of an export.
pub(crate) struct Answer(pub Option<Py<PyAny>>);

impl<'a> Call<'a> {
    /// A call of an export; `timed` where its end shall be noted.
    #[inline]
    pub(crate) const fn new(
        signature: &'a Signature,
        instance: &'a Py<Instance>,
        host: &'a Host,
        attached: Option<Python<'a>>,
        timed: bool,
    ) -> Self {
        Self { export: Some((signature, instance)), host, attached, returned: Cell::new(None), timed }
    }

    /// The start of a guest, or the end of a resource.
    pub(crate) const fn of_no_export(host: &'a Host, attached: Option<Python<'a>>) -> Self {
        Self { export: None, host, attached, returned: Cell::new(None), timed: false }
    }

    /// The guest has returned.
    #[inline]
    pub(crate) fn note_return(&self) {
        if self.timed {
            self.returned.set(Some(Instant::now()));
        }
    }

    /// Convert the result: `flat`, or what is at its `address`.
    #[inline]
    pub(crate) fn answer<'m, M: Memory<'m>>(
        &self,
        (ty, address): (&Type, Option<usize>),
        flat: &[impl CoreValue],
        (memory, encoding): (M, Encoding),
        handles: Option<Handles<'m>>,
    ) -> Result<Answer, Box<Invalid>> {
        let read = |py: Python<'_>| {
            let mut reader = Reader::new(py, memory, encoding, handles, self.host.arrays);
            let value = match address {
                Some(address) => reader.load(ty, address)?,
                None => reader.lift(ty, &mut &*flat)?,
            };
            Ok(Answer(Some(value.unbind())))
        };
        match self.attached {
            Some(py) => read(py),
            None => Python::attach(read),
        }
    }
}

/// Where a result is that travels in memory: its core value is its address.
#[inline]
pub(crate) fn result_address(ty: &Type, address: usize) -> Result<Option<usize>, Box<Invalid>> {
    if ty.flat <= MAX_FLAT_RESULTS { Ok(None) } else { aligned("its result", address, ty.align).map(Some) }
}

/// The address itself, if `what` may be there.
#[inline]
pub(crate) fn aligned(what: &str, address: usize, align: u32) -> Result<usize, Box<Invalid>> {
    if address.is_multiple_of(align as usize) {
        return Ok(address);
    }
    let message = format!("{what} at {address:#x} is not aligned to {align} bytes");
    Err(Box::new(Invalid::Guest(message)))
}
