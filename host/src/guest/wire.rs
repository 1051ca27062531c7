//! Guests at the other end of a wire: a plugin that is Python code, or that is in a worker process; and, for such a plugin,
//! the application.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::call::{Answer, Arguments, Call};
use crate::failure::Failure;
use crate::gate::{NOBODY, this_thread};
use crate::lift::{Handles, Loans, Source};
use crate::wire;

/// The other end: the methods of a `componium._wire.Peer`, looked up once, as the garbage collector may take the object apart
/// before this.
pub(crate) struct Peer {
    call: Py<PyAny>,
    release: Py<PyAny>,
    failed: Py<PyAny>,
    close: Py<PyAny>,
    line: Arc<Line>,
}

/// What calls through a wire share with the dispatcher that answers calls from its other end.
#[derive(Default)]
pub(crate) struct Line {
    /// The thread of the call under way.
    caller: AtomicUsize,
    /// What this side raised during the call, which ends it, whatever the other end makes of it.
    raised: Mutex<Option<PyErr>>,
}

impl Line {
    /// Run what the other end runs for a call of this thread's.
    ///
    /// # Errors
    ///
    /// What this side raised meanwhile.
    pub(crate) fn during<R>(&self, body: impl FnOnce() -> R) -> Result<R, PyErr> {
        self.caller.store(this_thread(), Ordering::Relaxed);
        let returned = body();
        self.caller.store(NOBODY, Ordering::Relaxed);
        match self.raised.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(error) => Err(error),
            None => Ok(returned),
        }
    }

    /// Whether a call is under way on this thread.
    pub(crate) fn is_during(&self) -> bool {
        self.caller.load(Ordering::Relaxed) == this_thread()
    }

    /// End the call under way with `error`, unless it had to end before.
    pub(crate) fn raise(&self, error: PyErr) {
        self.raised.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }
}

impl Peer {
    pub(crate) fn new(object: &Bound<'_, PyAny>, line: Arc<Line>) -> PyResult<Self> {
        let method = |name| object.getattr(name).map(Bound::unbind);
        let (call, release, failed, close) = (method("call")?, method("release")?, method("failed")?, method("close")?);
        Ok(Self { call, release, failed, close, line })
    }

    /// Call the function at `index`.
    pub(super) fn call(
        &mut self,
        index: usize,
        call: &Call<'_>,
        arguments: Arguments<'_>,
    ) -> Result<Answer, Box<Failure>> {
        Python::attach(|py| {
            let data = match arguments {
                Arguments::Flat(flat) => wire::encode_flat(flat),
                Arguments::Message(message) => {
                    let message = message.take().expect("arguments are encoded once");
                    wire::encode(message).map_err(|error| trap(error.to_string()))?
                }
            };
            let answer = self.ask(py, || self.call.bind(py).call1((index, PyBytes::new(py, &data))))?;
            let Ok(answer) = answer.cast_into::<PyBytes>() else {
                return Err(trap("the other end answered with something else than bytes".to_owned()));
            };
            let Some((signature, instance)) = call.export else { return Ok(Answer(None)) };
            let Some(ty) = &signature.result else { return Ok(Answer(None)) };
            let loans = Loans::default();
            let handles = Handles { source: Source::Numbers(&loans), instance: Some(instance), host: call.host };
            let result = wire::result(py, answer.as_bytes(), ty, handles, call.host.arrays)?;
            Ok(Answer(Some(result.unbind())))
        })
    }

    /// Release an object of the other end's.
    pub(super) fn release(&mut self, number: u32) -> Result<(), Box<Failure>> {
        Python::attach(|py| self.ask(py, || self.release.bind(py).call1((number,))).map(drop))
    }

    fn ask<'py>(
        &self,
        py: Python<'py>,
        ask: impl FnOnce() -> PyResult<Bound<'py, PyAny>>,
    ) -> Result<Bound<'py, PyAny>, Box<Failure>> {
        match self.line.during(ask) {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(Box::new(Failure::Peer { error, failed: self.failed.clone_ref(py) })),
            Err(error) => Err(Box::new(Failure::Raised { error, frames: Vec::new() })),
        }
    }

    /// For the garbage collector.
    pub(super) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        [&self.call, &self.release, &self.failed, &self.close].into_iter().try_for_each(|method| visit.call(method))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // At the interpreter's end, whoever is at the other end notices by itself.
        let _ = Python::try_attach(|py| {
            if let Err(error) = self.close.call0(py) {
                error.write_unraisable(py, None);
            }
        });
    }
}

fn trap(reason: String) -> Box<Failure> {
    Box::new(Failure::Trap { reason, frames: Vec::new() })
}
