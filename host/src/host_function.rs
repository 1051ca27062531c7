//! The application's functions and resources that a guest imports.

use std::cell::Cell;
use std::ptr;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use wasmtime::component::{Linker, LinkerInstance, ResourceType};
use wasmtime::{Result, StoreContextMut};

use crate::abi::{Received, Reply, Violation};
use crate::engine;
use crate::error::guest_value;
use crate::host::Host;
use crate::message::{Message, Receiver};
use crate::problem::Converted;
use crate::resource::{Member, Resource};
use crate::signature::{MAX_FLAT_RESULTS, Signature};
use crate::state::State;
use crate::types::Kind;
use crate::world::label;

/// An import that the application must provide.
pub(crate) struct HostFunction {
    /// The interface's name, or `None` for a function of the world itself.
    pub interface: Option<String>,
    pub name: String,
    /// How errors call it: `host.get-user-config`.
    pub label: String,
    /// The function as WIT text.
    pub wit: String,
    pub signature: Arc<Signature>,
    /// The resource that it is a function of.
    pub member: Option<Member>,
    /// The name of the method that is called on the first argument, for a method of a resource.
    pub method: Option<Py<PyString>>,
}

/// Define a resource of the host's in the linker.
pub(crate) fn define_resource(linker: &mut Linker<State>, resource: &Resource, number: u32) -> Result<()> {
    let mut instance = match &resource.interface {
        Some(interface) => linker.instance(interface)?,
        None => linker.root(),
    };
    let label = label(resource.interface.as_deref(), &resource.name);
    instance.resource(&resource.name, ResourceType::host_dynamic(number), move |store, representation| {
        Python::attach(|py| {
            let object = store.data().host.remove(representation);
            let object = object.ok_or_else(|| Violation(format!("it dropped a {label} that it does not hold")))?;
            if let Some(method) = object.bind(py).getattr_opt(pyo3::intern!(py, "drop"))? {
                method.call0()?;
            }
            Ok(())
        })
    })
}

/// Define `function` in the linker; it calls the callable at `index` of the store's functions.
pub(crate) fn define(linker: &mut Linker<State>, function: Arc<HostFunction>, index: usize) -> Result<()> {
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
    instance.func_wrap(&name, move |store: StoreContextMut<'_, State>, received: Received<N>| {
        Python::attach(|py| {
            let host = Arc::clone(&store.data().host);
            // SAFETY: wasmtime has just made `received`, and nothing has run since.
            let arguments = unsafe { received.lift(py, &function.signature, &host)? };
            let answer = match (&function.method, arguments.split_first()) {
                (Some(name), Some((object, rest))) => object.call_method1(name, PyTuple::new(py, rest)?),
                _ => host.functions[index].bind(py).call1(PyTuple::new(py, arguments)?),
            };
            // The function may have taken so long that the engine stopped ticking.
            engine::runs();
            Ok(Reply::<R>(Cell::new(Some(function.reply(py, answer, host)?))))
        })
    })
}

impl HostFunction {
    /// The message for what the callable returned or raised.
    fn reply(&self, py: Python<'_>, answer: PyResult<Bound<'_, PyAny>>, host: Arc<Host>) -> PyResult<Message> {
        let Some(ty) = &self.signature.result else {
            answer?;
            return Ok(Message::flat(None));
        };
        let value = match (&ty.kind, answer) {
            (Kind::Result(_), answer) => as_result(py, answer)?,
            (_, answer) => answer?,
        };
        let receiver = self.signature.handles.then(|| Receiver { instance: ptr::null(), host });
        let lower = || -> Converted<Message> {
            if ty.flat <= MAX_FLAT_RESULTS {
                let mut message = Message::flat(receiver);
                message.lower(ty, &value)?;
                return Ok(message);
            }
            let mut message = Message::in_memory(receiver, ty.size, ty.align);
            message.store(ty, &value, 0)?;
            Ok(message)
        };
        let mut message = lower().map_err(|problem| problem.within(".result").into_error(&self.label))?;
        message.take_handles()?;
        Ok(message)
    }
}

/// For a WIT `result`: a plain value is the good case, a raised `GuestError` the other.
fn as_result<'py>(py: Python<'py>, answer: PyResult<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
    let (ok, err) = (crate::classes::ok(py)?, crate::classes::err(py)?);
    match answer {
        Ok(value) if value.get_type().is(ok) || value.get_type().is(err) => Ok(value),
        Ok(value) => ok.call1((value,)),
        Err(error) => match guest_value(py, &error)? {
            Some(value) => err.call1((value,)),
            None => Err(error),
        },
    }
}
