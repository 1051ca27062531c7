//! WebAssembly components, run by wasmtime in its sandbox.

mod abi;
mod agreement;
mod code;
mod debugging;
mod failure;
mod handles;
mod import;
mod state;

use wasmtime::Store;
use wasmtime::component::{Func, ResourceAny, TypedFunc};

pub(crate) use self::abi::is_detached;
pub(crate) use self::code::{Code, Limits, compile};
pub(crate) use self::state::State;
use crate::call::{Answer, Arguments, Call};
use crate::failure::Failure;

/// Bytes of a pointer in a component's memory.
pub(crate) const POINTER: u32 = 4;

/// Call a function of the store's instance.
#[inline]
pub(super) fn call(
    store: &mut Store<State>,
    function: Func,
    call: &Call<'_>,
    arguments: Arguments<'_>,
) -> Result<Answer, Box<Failure>> {
    // SAFETY: `Arguments` and `Answer` follow the signature, which was made from the type of this very function.
    let function = unsafe { TypedFunc::<Arguments<'_>, Answer>::new_unchecked(function) };
    state::begin(store);
    abi::run(call, || function.call(&mut *store, arguments)).map_err(|error| failure::of(error, store.data()))
}

/// Drop a resource of the store's instance.
pub(super) fn release(store: &mut Store<State>, call: &Call<'_>, resource: ResourceAny) -> Result<(), Box<Failure>> {
    let dropped = state::destroy(store, |store| abi::run(call, || resource.resource_drop(store)));
    dropped.map_err(|error| failure::of(error, store.data()))
}
