//! A running component: its guest, behind a gate, and how its calls end.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;

use crate::call::Call;
use crate::error::Error;
use crate::export::Export;
use crate::failure::Failure;
use crate::function::Function;
use crate::gate::{Blocked, Gate, Inside};
use crate::guest::{Callee, Guest};
use crate::host::Host;
use crate::lift::Loans;
use crate::representation::Representation;
use crate::resource::{Handle, Origin, Resource, ResourceType};
use crate::stack;
use crate::world::label;
use crate::{callable, classes};

/// A guest that can be called, or why there is none any more.
pub(crate) enum Life {
    Running(Running),
    Ended(String),
}

/// A guest, and the application's side of it, which the guest may share.
pub(crate) struct Running {
    pub guest: Guest,
    /// Whether the interpreter is let go for each call, as the guest may wait for the system.
    pub may_wait: bool,
    pub host: Arc<Host>,
}

/// A resource on its way to its destructor.
type Unwanted = (Representation, Arc<Resource>);

/// Private: see `componium.Instance`.
#[pyclass(frozen, module = "componium._native")]
pub(crate) struct Instance {
    name: String,
    exports: Arc<[Arc<Export>]>,
    /// In the order of `exports`.
    callees: Vec<Callee>,
    /// The classes of the guest's resources, by their number, made when first needed.
    classes: Mutex<Vec<Option<Py<PyAny>>>>,
    unwanted: Mutex<Vec<Unwanted>>,
    /// Whether `unwanted` holds any, so that a call need not lock it.
    waste: AtomicBool,
    life: Gate<Life>,
}

impl Instance {
    /// An instance of a guest that has been started; `callees` are in the order of `exports`.
    pub(crate) fn new(
        name: String,
        exports: Arc<[Arc<Export>]>,
        resources: usize,
        (guest, callees): (Guest, Vec<Callee>),
        host: Arc<Host>,
    ) -> Self {
        Self {
            name,
            exports,
            callees,
            classes: Mutex::new((0..resources).map(|_| None).collect()),
            unwanted: Mutex::default(),
            waste: AtomicBool::new(false),
            life: Gate::new(Life::Running(Running { may_wait: guest.may_wait(), guest, host })),
        }
    }

    /// Wait until no other thread is in the instance.
    #[inline]
    pub(crate) fn enter(&self, py: Python<'_>) -> PyResult<Inside<'_, Life>> {
        if !stack::has_room() {
            return Err(nested(&self.name));
        }
        self.life.enter(py).map_err(|blocked| self.blocked(blocked))
    }

    #[cold]
    fn blocked(&self, blocked: Blocked) -> PyErr {
        let problem = match blocked {
            Blocked::Inside => {
                "this instance is in a call already; a host function may use other instances, not the one that is \
                 calling it"
            }
            Blocked::Deadlock => {
                "waiting for this instance would never end: the thread that is in it waits for an instance that this \
                 thread is in"
            }
        };
        Error::Reentrance(format!("{}: {problem}", self.name)).into()
    }

    /// The application's side.
    pub(crate) fn host(&self, py: Python<'_>) -> PyResult<Arc<Host>> {
        let host = match &*self.enter(py)? {
            Life::Running(running) => Ok(Arc::clone(&running.host)),
            Life::Ended(reason) => Err(self.ended(reason)),
        };
        self.tidy(py);
        host
    }

    /// The class of handles of `resource`.
    fn class(slf: &Bound<'_, Self>, resource: &Resource) -> PyResult<Py<PyAny>> {
        let py = slf.py();
        let Origin::Guest(number) = resource.origin else { unreachable!("handles are of guests' resources") };
        let known = || slf.get().classes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Some(class)) = known().get(number) {
            return Ok(class.clone_ref(py));
        }
        let mut members = Vec::new();
        for (index, export) in slf.get().exports.iter().enumerate() {
            let Some(member) = export.member.as_ref().filter(|member| member.resource.origin == resource.origin) else {
                continue;
            };
            members.push((member.kind.word(), &export.signature.name, Self::function(slf, index)?));
        }
        let made = classes::resource(py, resource, members)?;
        // Another thread may have been faster.
        Ok(match known().get_mut(number) {
            Some(class) => class.get_or_insert(made).clone_ref(py),
            None => made,
        })
    }

    /// A handle of what the guest gave away, or lent: then it is added to `loans`.
    pub(crate) fn handle<'py>(
        slf: &Bound<'py, Self>,
        resource: &Arc<Resource>,
        representation: Representation,
        loans: Option<&Loans>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let make = if loans.is_some() { Handle::borrowed } else { Handle::new };
        let handle = Bound::new(slf.py(), make(slf.clone().unbind(), Arc::clone(resource), representation))?;
        if let Some(loans) = loans {
            loans.borrow_mut().push(handle.clone().unbind());
        }
        Self::class(slf, resource)?.bind(slf.py()).call_method1(pyo3::intern!(slf.py(), "_wrap"), (handle,))
    }

    /// The callable of the export at `index`.
    fn function(slf: &Bound<'_, Self>, index: usize) -> PyResult<Py<PyAny>> {
        let instance = slf.get();
        let export = Arc::clone(&instance.exports[index]);
        callable::make(slf.py(), Function::new(slf.clone().unbind(), instance.callees[index], export))
    }

    /// Let the guest drop a resource: now, or when the call under way has ended.
    pub(crate) fn release(&self, py: Python<'_>, resource: Representation, ty: Arc<Resource>) -> PyResult<()> {
        self.unwanted().push((resource, ty));
        self.waste.store(true, Ordering::SeqCst);
        self.drop_unwanted(py)
    }

    fn unwanted(&self) -> MutexGuard<'_, Vec<Unwanted>> {
        self.unwanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// After a call: drop what was released meanwhile. Nobody waits for it, so failures go to `sys.unraisablehook`.
    #[inline]
    pub(crate) fn tidy(&self, py: Python<'_>) {
        if self.waste.load(Ordering::SeqCst)
            && let Err(error) = self.drop_unwanted(py)
        {
            error.write_unraisable(py, None);
        }
    }

    /// Drop the resources that were released. A call under way keeps them waiting: it drops them when it ends.
    #[cold]
    fn drop_unwanted(&self, py: Python<'_>) -> PyResult<()> {
        // Looked at again after leaving: what is released while this thread is inside finds the gate closed.
        while self.waste.load(Ordering::SeqCst) && stack::has_room() {
            let Some(mut life) = self.life.try_enter() else { return Ok(()) };
            self.waste.store(false, Ordering::SeqCst);
            loop {
                let Some((resource, ty)) = self.unwanted().pop() else { break };
                // When an instance ends, its resources are gone with its memory.
                let Life::Running(Running { guest, host, .. }) = &mut *life else { continue };
                let dropped = guest.release(&Call::of_no_export(host, Some(py)), resource);
                if let Err(failure) = dropped {
                    let label = format!("{}.drop", label(ty.interface.as_deref(), &ty.name));
                    return Err(self.fail(&mut life, &label, *failure));
                }
            }
        }
        Ok(())
    }

    /// The error for a call into an instance that has ended.
    #[cold]
    pub(crate) fn ended(&self, reason: &str) -> PyErr {
        Error::Closed(format!("{}: this instance {reason}; instantiate the component again", self.name)).into()
    }

    /// End the instance because a call failed, and make the caller's exception.
    #[cold]
    pub(crate) fn fail(&self, life: &mut Life, label: &str, failure: Failure) -> PyErr {
        match std::mem::replace(life, Life::Ended(format!("ended when {label}() failed"))) {
            Life::Running(_) => failure.into_error(&format!("{}: {label}()", self.name)),
            Life::Ended(reason) => self.ended(&reason),
        }
    }
}

/// An export: interface, Python name, callable.
type Callable = (Option<String>, String, Py<PyAny>);

#[pymethods]
impl Instance {
    /// The functions that can be called, but for those of resources: (interface, Python name, function).
    fn functions(slf: &Bound<'_, Self>) -> PyResult<Vec<Callable>> {
        let exports = slf.get().exports.iter().enumerate().filter(|(_, export)| export.member.is_none());
        exports
            .map(|(index, export)| {
                let function = Self::function(slf, index)?;
                Ok((export.interface.clone(), export.signature.name.clone(), function))
            })
            .collect()
    }

    /// The class of the handles of a resource, by its number.
    fn resource_class(slf: &Bound<'_, Self>, resource: PyRef<'_, ResourceType>) -> PyResult<Py<PyAny>> {
        Self::class(slf, &resource.0)
    }

    /// For the garbage collector: what the application provides often refers back to the instance.
    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        if let Ok(classes) = self.classes.try_lock() {
            classes.iter().flatten().try_for_each(|class| visit.call(class))?;
        }
        // While a call is under way, its caller keeps the instance alive.
        match self.life.try_enter().as_deref() {
            Some(Life::Running(running)) => {
                running.guest.traverse(&visit)?;
                running.host.traverse(&visit)
            }
            _ => Ok(()),
        }
    }

    /// For the garbage collector: nothing can call the instance any more.
    fn __clear__(&self) {
        let classes = self.classes.try_lock().map(|mut classes| std::mem::take(&mut *classes));
        drop(classes);
        let ended = self
            .life
            .try_enter()
            .map(|mut life| std::mem::replace(&mut *life, Life::Ended("was collected".to_owned())));
        drop(ended);
    }

    /// Free the guest's memory; further calls raise `ClosedError`.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        let mut life = self.enter(py)?;
        if matches!(*life, Life::Running(_)) {
            *life = Life::Ended("was closed".to_owned());
        }
        Ok(())
    }

    /// Whether calls are still possible.
    #[getter]
    fn running(&self, py: Python<'_>) -> PyResult<bool> {
        let running = matches!(*self.enter(py)?, Life::Running(_));
        self.tidy(py);
        Ok(running)
    }
}

/// The error where a thread's stack has no room for a call, mostly since guests call guests.
#[cold]
pub(crate) fn nested(name: &str) -> PyErr {
    let message = format!(
        "{name}: a call of a guest needs {} KiB of this thread's stack, and less is left: too many calls of guests are under \
         way on this thread, each made by a host function of the one before, or its stack is too small \
         (`threading.stack_size`)",
        stack::NEEDED >> 10
    );
    Error::Reentrance(message).into()
}
