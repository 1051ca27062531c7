//! What one end of a wire provides, as the other end calls it.

use std::sync::{Arc, Weak};

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::boundary::Boundary;
use crate::component::Component;
use crate::error::Error;
use crate::failure::Failure;
use crate::guest::Line;
use crate::host::Host;
use crate::host_function::HostFunction;
use crate::instance::Instance;
use crate::lift::{Handles, Loans, Source};
use crate::resource::dropped;
use crate::wire;

/// Private: see `componium._wire`.
#[pyclass(frozen, module = "componium._native")]
pub(crate) struct Dispatcher {
    functions: Arc<[Arc<HostFunction>]>,
    provider: Provider,
}

/// Who provides the functions.
enum Provider {
    /// The application, to the guest of an instance that keeps the host alive; it is called during the instance's calls.
    Application { host: Weak<Host>, line: Arc<Line> },
    /// A plugin, to which the application's resources are those of the instance of what it imports.
    Plugin { host: Arc<Host>, imports: Py<Instance> },
}

impl Dispatcher {
    /// What calls the application for a guest.
    pub(crate) fn of_application(boundary: &Boundary, host: &Arc<Host>, line: Arc<Line>) -> Self {
        let functions = Arc::clone(&boundary.host_functions);
        Self { functions, provider: Provider::Application { host: Arc::downgrade(host), line } }
    }

    fn host(&self) -> PyResult<Arc<Host>> {
        let host = match &self.provider {
            Provider::Application { host, .. } => host.upgrade(),
            Provider::Plugin { host, .. } => Some(Arc::clone(host)),
        };
        host.ok_or_else(|| Error::Closed("the instance that this plugin belongs to has ended".to_owned()).into())
    }

    fn answer(&self, py: Python<'_>, function: usize, data: &[u8]) -> PyResult<Vec<u8>> {
        let host = self.host()?;
        let unknown = || violation(format!("it called function {function}, which does not exist"));
        let called = self.functions.get(function).ok_or_else(unknown)?;
        let imports = match &self.provider {
            Provider::Application { .. } => None,
            Provider::Plugin { imports, .. } => Some(imports),
        };
        let loans = Loans::default();
        let handles = Handles { source: Source::Numbers(&loans), instance: imports, host: &host };
        let arguments = wire::parameters(py, data, &called.signature, handles, host.arrays)
            .map_err(|invalid| Failure::from(*invalid).into_error(&called.label))?;
        let answer = called.call(py, &host, function, arguments, imports);
        for handle in loans.into_inner() {
            handle.get().expire();
        }
        Ok(wire::encode(&mut answer?)?)
    }

    /// Have an error that is the application's end the call under way.
    fn note<T>(&self, py: Python<'_>, outcome: PyResult<T>) -> PyResult<T> {
        if let (Provider::Application { line, .. }, Err(error)) = (&self.provider, &outcome) {
            line.raise(error.clone_ref(py));
        }
        outcome
    }
}

#[pymethods]
impl Dispatcher {
    /// What calls a plugin: `component` is mirrored, `imports` an instance of it; then callables and classes in the order
    /// of `host_functions` and `host_resources`.
    #[new]
    fn new(
        component: &Component,
        imports: Py<Instance>,
        functions: Vec<Py<PyAny>>,
        classes: Vec<Py<PyAny>>,
    ) -> PyResult<Self> {
        let wanted = (component.boundary.host_functions.len(), component.boundary.host_resources.len());
        if (functions.len(), classes.len()) != wanted {
            let (functions, classes) = wanted;
            let message = format!("the plugin exports {functions} functions and {classes} classes");
            return Err(pyo3::exceptions::PyValueError::new_err(message));
        }
        let host = Arc::new(Host::new(functions, classes, false));
        Ok(Self {
            functions: Arc::clone(&component.boundary.host_functions),
            provider: Provider::Plugin { host, imports },
        })
    }

    /// Call a function with parameters from the other end; the answer is its result.
    fn call<'py>(&self, py: Python<'py>, function: usize, data: &[u8]) -> PyResult<Bound<'py, PyBytes>> {
        if let Provider::Application { line, .. } = &self.provider
            && !line.is_during()
        {
            let message = "a plugin's imports can be called during a call of the plugin, on the thread of that call";
            return Err(Error::Reentrance(message.to_owned()).into());
        }
        let answer = self.answer(py, function, data);
        Ok(PyBytes::new(py, &self.note(py, answer)?))
    }

    /// Drop an object that the other end does not need any more.
    fn release(&self, py: Python<'_>, number: u32) -> PyResult<()> {
        let Some(object) = self.host()?.remove(number) else {
            let unknown = violation(format!("it dropped object {number}, which it does not hold"));
            return self.note(py, Err(unknown));
        };
        self.note(py, dropped(object.bind(py)))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        match &self.provider {
            Provider::Application { .. } => Ok(()),
            Provider::Plugin { host, imports } => {
                visit.call(imports)?;
                host.traverse(&visit)
            }
        }
    }
}

/// The exception for a message that no plugin sends that follows the rules.
fn violation(problem: String) -> PyErr {
    Failure::violation(problem, Vec::new()).into_error("a plugin at the other end of a wire")
}
