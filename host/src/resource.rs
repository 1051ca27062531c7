//! Resources: which side defines them, and the handles by which Python holds a guest's.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;

use crate::error::Error;
use crate::instance::Instance;
use crate::representation::Representation;

/// A resource type of a component.
#[derive(Debug)]
pub(crate) struct Resource {
    /// The name in WIT.
    pub name: String,
    /// The interface that defines it; `None` for the world itself.
    pub interface: Option<String>,
    pub docs: Option<String>,
    pub origin: Origin,
}

/// Who makes and drops a resource, and its number among the component's resources of that origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The guest: Python holds handles.
    Guest(usize),
    /// The application: the guest holds handles of Python objects.
    Host(u32),
}

/// Which function of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MemberKind {
    Constructor,
    Method,
    Static,
}

impl MemberKind {
    /// The word for it that Python sees.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Constructor => "constructor",
            Self::Method => "method",
            Self::Static => "static",
        }
    }
}

/// What a function is to a resource.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub resource: Arc<Resource>,
    pub kind: MemberKind,
}

/// Private: a resource, as `Instance.resource_class` takes it.
#[pyclass(frozen, module = "componium._native")]
pub(crate) struct ResourceType(pub Arc<Resource>);

/// A handle of a guest's resource; `componium.Resource` wraps it.
///
/// It owns the resource until it is dropped or given back to the guest.
#[pyclass(frozen, module = "componium._native")]
pub(crate) struct Handle {
    pub instance: Py<Instance>,
    pub resource: Arc<Resource>,
    hold: Mutex<Hold>,
}

/// What a handle still holds.
enum Hold {
    /// The resource, and how many calls under way have borrowed it.
    Owned { resource: Representation, lent: usize },
    /// A resource that is lent to a plugin for a call, and how many calls of the plugin's borrow it further.
    Borrowed { resource: Representation, lent: usize },
    /// Nothing any more, and why.
    Nothing(&'static str),
}

/// The guest has dropped a resource of the host's: tell the object, if it has a method for that.
pub(crate) fn dropped(object: &Bound<'_, PyAny>) -> PyResult<()> {
    if let Some(method) = object.getattr_opt(pyo3::intern!(object.py(), "drop"))? {
        method.call0()?;
    }
    Ok(())
}

const DROPPED: &str = "was dropped";
const GIVEN: &str = "was given to the guest";
const RETURNED: &str = "was lent for a call that has ended";

impl Handle {
    pub(crate) const fn new(instance: Py<Instance>, resource: Arc<Resource>, owned: Representation) -> Self {
        Self { instance, resource, hold: Mutex::new(Hold::Owned { resource: owned, lent: 0 }) }
    }

    /// A handle of what is lent for a call, at whose end `expire` follows.
    pub(crate) const fn borrowed(instance: Py<Instance>, resource: Arc<Resource>, lent: Representation) -> Self {
        Self { instance, resource, hold: Mutex::new(Hold::Borrowed { resource: lent, lent: 0 }) }
    }

    /// The call for which the resource was lent has ended.
    pub(crate) fn expire(&self) {
        let mut hold = self.hold();
        if matches!(*hold, Hold::Borrowed { .. }) {
            *hold = Hold::Nothing(RETURNED);
        }
    }

    fn hold(&self) -> MutexGuard<'_, Hold> {
        self.hold.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Why the handle cannot be used: borrowed, or given away where `owned` is asked for.
    pub(crate) fn unusable(&self, owned: bool) -> Option<String> {
        let name = &self.resource.name;
        match *self.hold() {
            Hold::Nothing(reason) => Some(format!("this {name} {reason}")),
            Hold::Owned { lent: 1.., .. } if owned => {
                Some(format!("this {name} is lent to a call under way, so it cannot be given away"))
            }
            Hold::Borrowed { .. } if owned => {
                Some(format!("this {name} is lent to the plugin, so the plugin cannot give it away"))
            }
            Hold::Owned { .. } | Hold::Borrowed { .. } => None,
        }
    }

    /// Lend the resource to a call; `give_back` ends that.
    pub(crate) fn lend(&self) -> Option<Representation> {
        match &mut *self.hold() {
            Hold::Owned { resource, lent } | Hold::Borrowed { resource, lent } => {
                *lent += 1;
                Some(*resource)
            }
            Hold::Nothing(_) => None,
        }
    }

    pub(crate) fn give_back(&self) {
        if let Hold::Owned { lent, .. } | Hold::Borrowed { lent, .. } = &mut *self.hold() {
            *lent -= 1;
        }
    }

    /// Give the resource to the guest.
    pub(crate) fn give(&self) -> Option<Representation> {
        self.take(GIVEN)
    }

    /// Take a resource back that did not reach the guest after all.
    pub(crate) fn regain(&self, resource: Representation) {
        *self.hold() = Hold::Owned { resource, lent: 0 };
    }

    fn take(&self, reason: &'static str) -> Option<Representation> {
        let mut hold = self.hold();
        match *hold {
            Hold::Owned { resource, lent: 0 } => {
                *hold = Hold::Nothing(reason);
                Some(resource)
            }
            // It is not this side's to drop.
            Hold::Borrowed { lent: 0, .. } => {
                *hold = Hold::Nothing(reason);
                None
            }
            _ => None,
        }
    }
}

#[pymethods]
impl Handle {
    /// Drop the resource: the guest's destructor runs. Again, or after the instance has ended, it does nothing.
    fn drop(&self, py: Python<'_>) -> PyResult<()> {
        match self.take(DROPPED) {
            Some(resource) => self.instance.get().release(py, resource, Arc::clone(&self.resource)),
            None if self.held() => {
                let name = &self.resource.name;
                let message = format!("this {name} is lent to a call under way, so it cannot be dropped");
                Err(Error::Resource(message).into())
            }
            None => Ok(()),
        }
    }

    /// Whether the handle still holds its resource.
    #[getter]
    fn held(&self) -> bool {
        matches!(*self.hold(), Hold::Owned { .. } | Hold::Borrowed { .. })
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.instance)
    }
}

impl Drop for Handle {
    /// Runs when Python lets go of the handle: nobody is left who could hear of a failure but `sys.unraisablehook`.
    fn drop(&mut self) {
        let Some(resource) = self.take(DROPPED) else { return };
        // At the interpreter's end there is no guest left to tell.
        let _ = Python::try_attach(|py| {
            if let Err(error) = self.instance.get().release(py, resource, Arc::clone(&self.resource)) {
                error.write_unraisable(py, None);
            }
        });
    }
}
