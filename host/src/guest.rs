//! The kinds of guests behind one interface: each kind is a module, and every enum here has a case for it.

pub(crate) mod native;
pub(crate) mod wasm;
mod wire;

use pyo3::gc::{PyTraverseError, PyVisit};
use wasmtime::Store;
use wasmtime::component::Func;

use self::native::Native;
use self::wasm::State;
pub(crate) use self::wire::{Line, Peer};
use crate::call::{Answer, Arguments, Call};
use crate::failure::Failure;
use crate::representation::Representation;

/// What a loaded component runs.
pub(crate) enum Code {
    Wasm(wasm::Code),
    Native(native::Code),
    /// At the other end of a wire: the kind, as Python names it.
    Wire(&'static str),
}

/// A running guest: what its functions run in.
pub(crate) enum Guest {
    Wasm(Box<Store<State>>),
    Native(Box<Native>),
    Wire(Peer),
}

/// What is called of a guest's function.
#[derive(Clone, Copy)]
pub(crate) enum Callee {
    Wasm(Func),
    Native(native::Function),
    /// Its number.
    Wire(usize),
}

impl Code {
    /// The kind's name in Python.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Wasm(_) => "wasm",
            Self::Native(_) => "native",
            Self::Wire(kind) => kind,
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
            (Self::Native(native), Callee::Native(function)) => native.call(function, call, arguments),
            (Self::Wire(peer), Callee::Wire(index)) => peer.call(index, call, arguments),
            _ => unreachable!("a function is called in the guest that it is of"),
        }
    }

    /// Drop a resource of this guest's: its destructor runs.
    pub(crate) fn release(&mut self, call: &Call<'_>, resource: Representation) -> Result<(), Box<Failure>> {
        match (self, resource) {
            (Self::Wasm(store), Representation::Wasm(resource)) => wasm::release(store, call, resource),
            (Self::Native(native), Representation::Native(resource)) => native.release(resource),
            (Self::Wire(peer), Representation::Wire(number)) => peer.release(number),
            _ => unreachable!("a resource is dropped in the guest that it is of"),
        }
    }

    /// Whether a call, however short, may wait for the system, as it does in files: others go on meanwhile.
    pub(crate) fn may_wait(&self) -> bool {
        matches!(self, Self::Wasm(store) if store.data().may_wait)
    }

    /// For the garbage collector.
    pub(crate) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        match self {
            Self::Wasm(_) | Self::Native(_) => Ok(()),
            Self::Wire(peer) => peer.traverse(visit),
        }
    }
}
