//! An exported function: Python arguments in, a Python result out.

use std::cell::Cell;
use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};
use wasmtime::component::{Func, TypedFunc};

use crate::abi::{Answer, Arguments, Calling};
use crate::error::guest_error;
use crate::export::Export;
use crate::instance::{Instance, Life};
use crate::message::Message;
use crate::signature::Signature;
use crate::state;
use crate::types::Kind;

/// A function of an instance; call it with positional or keyword arguments.
#[pyclass(frozen, module = "componium")]
pub(crate) struct Function {
    instance: Py<Instance>,
    function: Func,
    export: Arc<Export>,
}

impl Function {
    pub(crate) const fn new(instance: Py<Instance>, function: Func, export: Arc<Export>) -> Self {
        Self { instance, function, export }
    }

    /// Convert all arguments, before the guest runs.
    fn message(&self, arguments: &Bound<'_, PyTuple>) -> PyResult<Message> {
        let signature = &*self.export.signature;
        let fail = |problem: Box<crate::problem::Problem>, name: &Py<PyString>| {
            problem.within(format!(".{}", name.bind(arguments.py()))).into_error(&self.export.label)
        };
        let pairs = signature.parameters.iter().zip(arguments.iter_borrowed());
        if signature.parameters_in_memory() {
            let mut message = Message::in_memory(signature.size, signature.align);
            for (parameter, value) in pairs {
                let element = &parameter.element;
                let stored = message.store(&element.ty, &value, element.offset as usize);
                stored.map_err(|problem| fail(problem, &parameter.name))?;
            }
            return Ok(message);
        }
        let mut message = Message::flat();
        for (parameter, value) in pairs {
            message.lower(&parameter.element.ty, &value).map_err(|problem| fail(problem, &parameter.name))?;
        }
        Ok(message)
    }

    fn invoke<'py>(&self, py: Python<'py>, message: &mut Message) -> PyResult<Bound<'py, PyAny>> {
        let instance = self.instance.bind(py).get();
        let mut life = instance.enter(py)?;
        let store = match &mut *life {
            Life::Running(store) => store,
            Life::Ended(reason) => return Err(instance.ended(reason)),
        };
        // SAFETY: `Arguments` and `Answer` follow the signature, which was made from the type of this very function.
        let function = unsafe { TypedFunc::<Arguments<'_>, Answer>::new_unchecked(self.function) };
        let outcome = {
            let _ticking = state::begin(store);
            let _calling = Calling::new(&self.export.signature);
            function.call(&mut **store, Arguments(Cell::new(Some(message))))
        };
        match outcome {
            Ok(Answer(Some(value))) => Ok(value.into_bound(py)),
            Ok(Answer(None)) => Ok(py.None().into_bound(py)),
            Err(error) => Err(instance.fail(&mut life, &self.export.label, error)),
        }
    }
}

#[pymethods]
impl Function {
    #[pyo3(signature = (*arguments, **keywords))]
    fn __call__<'py>(
        &self,
        py: Python<'py>,
        arguments: &Bound<'py, PyTuple>,
        keywords: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let signature = &*self.export.signature;
        let mut message = match keywords {
            None if arguments.len() == signature.parameters.len() => self.message(arguments)?,
            _ => self.message(&bind(signature, &self.export.wit, arguments, keywords)?)?,
        };
        let result = self.invoke(py, &mut message)?;
        match &signature.result {
            Some(ty) if matches!(ty.kind, Kind::Result(_)) => unwrap(py, &result),
            _ => Ok(result),
        }
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.instance)
    }

    #[getter]
    fn __name__(&self) -> &str {
        &self.export.signature.name
    }

    #[getter]
    fn __qualname__(&self) -> &str {
        &self.export.label
    }

    #[getter]
    fn __doc__(&self) -> Option<&str> {
        self.export.docs.as_deref()
    }

    /// The function as WIT text.
    #[getter]
    fn wit(&self) -> &str {
        &self.export.wit
    }

    fn __repr__(&self) -> String {
        format!("<componium function {}>", self.export.wit)
    }
}

/// Arguments in the order of the parameters, as Python binds them.
#[cold]
fn bind<'py>(
    signature: &Signature,
    wit: &str,
    arguments: &Bound<'py, PyTuple>,
    keywords: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyTuple>> {
    let py = arguments.py();
    let fail = |problem: String| PyTypeError::new_err(format!("{}() {problem} ({wit})", signature.name));
    if arguments.len() > signature.parameters.len() {
        let (most, got) = (signature.parameters.len(), arguments.len());
        return Err(fail(format!("takes {most} arguments, got {got}")));
    }
    let mut bound: Vec<_> = arguments.iter().collect();
    let rest = &signature.parameters[arguments.len()..];
    for parameter in rest {
        let value = keywords.and_then(|keywords| keywords.get_item(&parameter.name).transpose()).transpose()?;
        bound.push(value.ok_or_else(|| fail(format!("misses the argument `{}`", parameter.name.bind(py))))?);
    }
    if let Some(keywords) = keywords
        && keywords.len() > rest.len()
    {
        let known: Vec<_> = rest.iter().map(|parameter| parameter.name.bind(py).to_string()).collect();
        let mut extra: Vec<_> = keywords.keys().iter().map(|name| name.to_string()).collect();
        extra.retain(|name| !known.contains(name));
        return Err(fail(format!("got unknown or repeated arguments: {}", extra.join(", "))));
    }
    PyTuple::new(py, bound)
}

/// The payload of a top-level result's good case; the error case is raised as `GuestError`.
fn unwrap<'py>(py: Python<'py>, result: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let value = result.getattr(pyo3::intern!(py, "value"))?;
    if result.get_type().is(crate::classes::err(py)?) { Err(guest_error(py, value)) } else { Ok(value) }
}
