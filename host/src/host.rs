//! What the application provides to one instance: functions, classes of resources, and the objects that the guest holds.

use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use slab::Slab;

/// Most objects that one guest may hold at a time: each keeps a Python object alive.
const MOST_OBJECTS: usize = 1 << 20;

/// The application's side of an instance.
pub(crate) struct Host {
    /// In the order of the component's host functions; `None` for methods, which the objects themselves have.
    pub functions: Vec<Py<PyAny>>,
    /// In the order of the component's host resources.
    pub classes: Vec<Py<PyAny>>,
    /// Whether lists of numbers become buffers instead of lists.
    pub arrays: bool,
    objects: Mutex<Slab<Py<PyAny>>>,
}

impl Host {
    pub(crate) const fn new(functions: Vec<Py<PyAny>>, classes: Vec<Py<PyAny>>, arrays: bool) -> Self {
        Self { functions, classes, arrays, objects: Mutex::new(Slab::new()) }
    }

    fn objects(&self) -> MutexGuard<'_, Slab<Py<PyAny>>> {
        self.objects.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keep an object for the guest; `None` if the guest holds too many.
    ///
    /// Touches no reference count, so that it may run while the thread is detached from the interpreter.
    pub(crate) fn insert(&self, object: Py<PyAny>) -> Option<u32> {
        let mut objects = self.objects();
        if objects.len() >= MOST_OBJECTS {
            return None;
        }
        u32::try_from(objects.insert(object)).ok()
    }

    /// The object behind a representation that wasmtime found in the guest's table.
    pub(crate) fn get(&self, py: Python<'_>, representation: u32) -> Option<Py<PyAny>> {
        self.objects().get(representation as usize).map(|object| object.clone_ref(py))
    }

    /// The object, which the guest holds no longer.
    pub(crate) fn remove(&self, representation: u32) -> Option<Py<PyAny>> {
        self.objects().try_remove(representation as usize)
    }

    /// For the garbage collector.
    pub(crate) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.functions.iter().chain(&self.classes).try_for_each(|object| visit.call(object))?;
        match self.objects.try_lock() {
            Ok(objects) => objects.iter().try_for_each(|(_, object)| visit.call(object)),
            Err(TryLockError::Poisoned(poisoned)) => {
                poisoned.into_inner().iter().try_for_each(|(_, object)| visit.call(object))
            }
            // In use: whoever uses it keeps the instance alive.
            Err(TryLockError::WouldBlock) => Ok(()),
        }
    }
}
