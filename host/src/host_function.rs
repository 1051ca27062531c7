//! The application's functions and resources that a guest imports.

use std::ptr;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::error::guest_value;
use crate::host::Host;
use crate::instance::Instance;
use crate::message::{Message, Receiver};
use crate::problem::Converted;
use crate::resource::Member;
use crate::signature::{MAX_FLAT_RESULTS, Signature};
use crate::types::Kind;

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

impl HostFunction {
    /// Call what the application provides for it, at `index` of the host's functions: the message with the result.
    ///
    /// `instance` is the one whose handles the result may contain.
    pub(crate) fn call(
        &self,
        py: Python<'_>,
        host: &Arc<Host>,
        index: usize,
        arguments: Vec<Bound<'_, PyAny>>,
        instance: Option<&Py<Instance>>,
    ) -> PyResult<Message> {
        let answer = match (&self.method, arguments.split_first()) {
            (Some(name), Some((object, rest))) => object.call_method1(name, PyTuple::new(py, rest)?),
            _ => host.functions[index].bind(py).call1(PyTuple::new(py, arguments)?),
        };
        let instance = instance.map_or(ptr::null(), |instance| instance.as_ptr().cast_const());
        self.reply(py, answer, Receiver { instance, host: Arc::clone(host) })
    }

    /// The message for what the callable returned or raised.
    fn reply(&self, py: Python<'_>, answer: PyResult<Bound<'_, PyAny>>, receiver: Receiver) -> PyResult<Message> {
        let Some(ty) = &self.signature.result else {
            answer?;
            return Ok(Message::flat(None));
        };
        let value = match (&ty.kind, answer) {
            (Kind::Result(_), answer) => as_result(py, answer)?,
            (_, answer) => answer?,
        };
        let receiver = self.signature.handles.then_some(receiver);
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
