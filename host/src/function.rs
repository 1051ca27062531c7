//! An exported function: Python arguments in, a Python result out.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Instant;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::call::{Answer, Arguments, Call};
use crate::detach::detached;
use crate::error::guest_error;
use crate::export::Export;
use crate::guest::Callee;
use crate::instance::{Instance, Life, Running};
use crate::lower::scalar;
use crate::message::{Message, Receiver};
use crate::pace::Count;
use crate::problem::Problem;
use crate::signature::{MAX_FLAT_PARAMS, Signature};
use crate::types::Kind;

/// A function of an instance; `callable` makes it a Python object.
pub(crate) struct Function {
    instance: Py<Instance>,
    callee: Callee,
    export: Arc<Export>,
    count: Count,
}

/// A Python argument, which the caller keeps alive.
type Argument<'a, 'py> = Borrowed<'a, 'py, PyAny>;

impl Function {
    pub(crate) fn new(instance: Py<Instance>, callee: Callee, export: Arc<Export>) -> Self {
        Self { instance, callee, export, count: Count::default() }
    }

    pub(crate) const fn instance(&self) -> &Py<Instance> {
        &self.instance
    }

    pub(crate) fn into_instance(self) -> Py<Instance> {
        self.instance
    }

    pub(crate) fn export(&self) -> &Export {
        &self.export
    }

    /// Call with positional arguments.
    #[inline]
    pub(crate) fn call<'py>(&self, py: Python<'py>, arguments: &[Argument<'_, 'py>]) -> PyResult<Bound<'py, PyAny>> {
        let signature = &*self.export.signature;
        if arguments.len() != signature.parameters.len() {
            return self.call_with_keywords(py, arguments, &PyDict::new(py));
        }
        let result = self.pass(py, arguments)?;
        match &signature.result {
            Some(ty) if matches!(ty.kind, Kind::Result(_)) => unwrap(py, &result),
            _ => Ok(result),
        }
    }

    /// Call with keyword arguments.
    #[cold]
    pub(crate) fn call_with_keywords<'py>(
        &self,
        py: Python<'py>,
        arguments: &[Argument<'_, 'py>],
        keywords: &Bound<'py, PyDict>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let bound = bind(&self.export.signature, &self.export.wit, arguments, keywords)?;
        let arguments: Vec<_> = bound.iter().map(Bound::as_borrowed).collect();
        self.call(py, &arguments)
    }

    /// Convert all arguments, before the guest runs, and run it.
    #[inline]
    fn pass<'py>(&self, py: Python<'py>, arguments: &[Argument<'_, 'py>]) -> PyResult<Bound<'py, PyAny>> {
        let signature = &*self.export.signature;
        if signature.scalars {
            let mut flat = [0; MAX_FLAT_PARAMS as usize];
            let slots = signature.parameters.iter().zip(arguments).zip(&mut flat);
            for ((parameter, value), slot) in slots {
                let lowered = scalar(&parameter.element.ty, value);
                *slot = lowered.map_err(|problem| self.problem(py, problem, &parameter.name))?;
            }
            return self.invoke(py, Arguments::Flat(&flat[..arguments.len()]));
        }
        let receiver = if signature.handles { Some(self.receiver(py)?) } else { None };
        let pairs = signature.parameters.iter().zip(arguments);
        if signature.parameters_in_memory() {
            let mut message = Message::in_memory(receiver, signature.size, signature.align);
            for (parameter, value) in pairs {
                let element = &parameter.element;
                let stored = message.store(&element.ty, value, element.offset as usize);
                stored.map_err(|problem| self.problem(py, problem, &parameter.name))?;
            }
            return self.invoke_with(py, &mut message);
        }
        let mut message = Message::flat(receiver);
        for (parameter, value) in pairs {
            let lowered = message.lower(&parameter.element.ty, value);
            lowered.map_err(|problem| self.problem(py, problem, &parameter.name))?;
        }
        self.invoke_with(py, &mut message)
    }

    #[cold]
    fn receiver(&self, py: Python<'_>) -> PyResult<Receiver> {
        Ok(Receiver { instance: self.instance.as_ptr(), host: self.instance.get().host(py)? })
    }

    #[cold]
    fn problem(&self, py: Python<'_>, problem: Box<Problem>, parameter: &Py<PyString>) -> PyErr {
        problem.within(format!(".{}", parameter.bind(py))).into_error(&self.export.label)
    }

    fn invoke_with<'py>(&self, py: Python<'py>, message: &mut Message) -> PyResult<Bound<'py, PyAny>> {
        if !message.handles.is_empty() {
            message.take_handles()?;
        }
        self.invoke(py, Arguments::Message(Cell::new(Some(message))))
    }

    #[inline]
    fn invoke<'py>(&self, py: Python<'py>, arguments: Arguments<'_>) -> PyResult<Bound<'py, PyAny>> {
        let instance = self.instance.get();
        let answer = self.enter(py, instance, arguments);
        instance.tidy(py);
        match answer? {
            Answer(Some(value)) => Ok(value.into_bound(py)),
            Answer(None) => Ok(py.None().into_bound(py)),
        }
    }

    #[inline]
    fn enter(&self, py: Python<'_>, instance: &Instance, arguments: Arguments<'_>) -> PyResult<Answer> {
        let mut life = instance.enter(py)?;
        let Running { guest, host, may_wait } = match &mut *life {
            Life::Running(running) => running,
            Life::Ended(reason) => return Err(instance.ended(reason)),
        };
        let pace = &self.export.pace;
        let (long, started) = (pace.is_long() || *may_wait, pace.is_sample(&self.count).then(Instant::now));
        let call = Call::new(&self.export.signature, &self.instance, host, (!long).then_some(py), started.is_some());
        let run = || guest.call(self.callee, &call, arguments);
        let outcome = if long { detached(py, run) } else { run() };
        if let (Some(started), Some(returned)) = (started, call.returned.get()) {
            pace.note(returned.duration_since(started));
        }
        outcome.map_err(|failure| instance.fail(&mut life, &self.export.label, *failure))
    }
}

/// Arguments in the order of the parameters, as Python binds them.
fn bind<'py>(
    signature: &Signature,
    wit: &str,
    arguments: &[Argument<'_, 'py>],
    keywords: &Bound<'py, PyDict>,
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let py = keywords.py();
    let fail = |problem: String| PyTypeError::new_err(format!("{}() {problem} ({wit})", signature.name));
    if arguments.len() > signature.parameters.len() {
        let (most, got) = (signature.parameters.len(), arguments.len());
        return Err(fail(format!("takes {most} arguments, got {got}")));
    }
    let mut bound: Vec<_> = arguments.iter().map(|argument| Bound::clone(argument)).collect();
    let rest = &signature.parameters[arguments.len()..];
    for parameter in rest {
        let value = keywords.get_item(&parameter.name)?;
        bound.push(value.ok_or_else(|| fail(format!("misses the argument `{}`", parameter.name.bind(py))))?);
    }
    if keywords.len() > rest.len() {
        let known: Vec<_> = rest.iter().map(|parameter| parameter.name.bind(py).to_string()).collect();
        let mut extra: Vec<_> = keywords.keys().iter().map(|name| name.to_string()).collect();
        extra.retain(|name| !known.contains(name));
        return Err(fail(format!("got unknown or repeated arguments: {}", extra.join(", "))));
    }
    Ok(bound)
}

/// The payload of a top-level result's good case; the error case is raised as `GuestError`.
fn unwrap<'py>(py: Python<'py>, result: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let value = result.getattr(pyo3::intern!(py, "value"))?;
    if result.get_type().is(crate::classes::err(py)?) { Err(guest_error(py, value)) } else { Ok(value) }
}
