//! What the application provides, defined in wasmtime's linker.

use std::cell::Cell;
use std::sync::Arc;

use pyo3::prelude::*;
use wasmtime::component::{Linker, LinkerInstance, ResourceType};
use wasmtime::{Result, StoreContextMut};

use super::abi::{Received, Reply, Violation};
use super::state::State;
use crate::engine;
use crate::host_function::HostFunction;
use crate::resource::Resource;
use crate::signature::MAX_FLAT_RESULTS;
use crate::world::label;

/// Define a resource of the host's in the linker.
pub(super) fn define_resource(linker: &mut Linker<State>, resource: &Resource, number: u32) -> Result<()> {
    let mut instance = match &resource.interface {
        Some(interface) => linker.instance(interface)?,
        None => linker.root(),
    };
    let label = label(resource.interface.as_deref(), &resource.name);
    instance.resource(&resource.name, ResourceType::host_dynamic(number), move |store, representation| {
        Python::attach(|py| {
            let object = store.data().host.remove(representation);
            let object = object.ok_or_else(|| Violation(format!("it dropped a {label} that it does not hold")))?;
            Ok(crate::resource::dropped(object.bind(py))?)
        })
    })
}

/// Define `function` in the linker; it calls the callable at `index` of the store's functions.
pub(super) fn define(linker: &mut Linker<State>, function: Arc<HostFunction>, index: usize) -> Result<()> {
    let mut instance = match &function.interface {
        Some(interface) => linker.instance(interface)?,
        None => linker.root(),
    };
    let in_memory = function.signature.parameters_in_memory();
    let count = if in_memory { 0 } else { function.signature.flat };
    macro_rules! by_count {
        ($($n:literal)*) => {
            match count {
                $($n => with_parameters::<$n>(&mut instance, function, index),)*
                _ => unreachable!("more than MAX_FLAT_PARAMS core values"),
            }
        };
    }
    by_count!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16)
}

fn with_parameters<const N: usize>(
    instance: &mut LinkerInstance<'_, State>,
    function: Arc<HostFunction>,
    index: usize,
) -> Result<()> {
    match &function.signature.result {
        Some(ty) if ty.flat == MAX_FLAT_RESULTS => with_result::<N, 1>(instance, function, index),
        _ => with_result::<N, 0>(instance, function, index),
    }
}

fn with_result<const N: usize, const R: usize>(
    instance: &mut LinkerInstance<'_, State>,
    function: Arc<HostFunction>,
    index: usize,
) -> Result<()> {
    let name = function.name.clone();
    instance.func_wrap(&name, move |mut store: StoreContextMut<'_, State>, received: Received<N>| {
        store.data_mut().deadline.watch();
        let began = engine::ticks();
        Python::attach(|py| {
            let host = Arc::clone(&store.data().host);
            // SAFETY: wasmtime has just made `received`, and nothing has run since.
            let arguments = unsafe { received.lift(py, &function.signature, &host)? };
            let answer = function.call(py, &host, index, arguments, None);
            // The function may have taken so long that the engine stopped ticking.
            engine::runs();
            let answer = answer?;
            if engine::ticks() != began {
                store.data_mut().deadline.check()?;
            }
            Ok(Reply::<R>(Cell::new(Some(answer))))
        })
    })
}
