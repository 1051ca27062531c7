//! The kinds of guests behind one interface: each kind is a module, and every enum here has a case for it.

pub(crate) mod wasm;

use std::sync::Arc;
use std::time::Duration;

use pyo3::prelude::*;
use wasmtime::Store;
use wasmtime::component::Func;

use self::wasm::State;
use crate::call::{Answer, Arguments, Call};
use crate::failure::Failure;
use crate::host::Host;
use crate::representation::Representation;
use crate::wasi::Folder;

/// What a loaded component runs.
pub(crate) enum Code {
    Wasm(wasm::Code),
}

/// A running guest: what its functions run in.
pub(crate) enum Guest {
    Wasm(Box<Store<State>>),
}

/// What is called of a guest's function.
#[derive(Clone, Copy)]
pub(crate) enum Callee {
    Wasm(Func),
}

/// What an instance may use and how much of it; for kinds that can enforce it.
pub(crate) struct Limits {
    pub folders: Vec<Folder>,
    pub environment: Vec<(String, String)>,
    pub deadline: Option<Duration>,
    pub memory: usize,
}

impl Code {
    /// The kind's name in Python.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Wasm(_) => "wasm",
        }
    }

    /// Start a guest, its start code included: with what is called of its functions, in the order of the exports.
    pub(crate) fn start(
        &self,
        py: Python<'_>,
        name: &str,
        host: &Arc<Host>,
        limits: &Limits,
    ) -> PyResult<(Guest, Vec<Callee>)> {
        match self {
            Self::Wasm(code) => code.start(py, name, host, limits),
        }
    }
}

impl Guest {
    /// Call a function of this guest's.
    #[inline]
    pub(crate) fn call(
        &mut self,
        callee: Callee,
        call: &Call<'_>,
        arguments: Arguments<'_>,
    ) -> Result<Answer, Box<Failure>> {
        match (self, callee) {
            (Self::Wasm(store), Callee::Wasm(function)) => wasm::call(store, function, call, arguments),
        }
    }

    /// Drop a resource of this guest's: its destructor runs.
    pub(crate) fn release(&mut self, call: &Call<'_>, resource: Representation) -> Result<(), Box<Failure>> {
        match (self, resource) {
            (Self::Wasm(store), Representation::Wasm(resource)) => wasm::release(store, call, resource),
        }
    }
}
