//! One call at a time: the lock around an instance's store.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use pyo3::prelude::*;

/// No thread.
const NOBODY: usize = 0;

thread_local! {
    static TOKEN: u8 = const { 0 };
}

/// A number that no other living thread has.
#[inline]
fn this_thread() -> usize {
    TOKEN.with(|token| std::ptr::from_ref(token).addr())
}

/// A lock that knows its holder, so that a thread that would wait for itself is told so.
pub(crate) struct Gate<T> {
    holder: AtomicUsize,
    value: Mutex<T>,
}

/// The open gate.
pub(crate) struct Inside<'a, T> {
    holder: &'a AtomicUsize,
    guard: MutexGuard<'a, T>,
}

impl<T: Send> Gate<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self { holder: AtomicUsize::new(NOBODY), value: Mutex::new(value) }
    }

    /// Wait for the gate, other threads of the interpreter running meanwhile.
    ///
    /// `None` if this thread holds it already.
    #[inline]
    pub(crate) fn enter(&self, py: Python<'_>) -> Option<Inside<'_, T>> {
        let me = this_thread();
        if self.holder.load(Ordering::Relaxed) == me {
            return None;
        }
        let guard = self.try_enter().unwrap_or_else(|| self.wait(py));
        self.holder.store(me, Ordering::Relaxed);
        Some(Inside { holder: &self.holder, guard })
    }

    /// The gate if nobody is inside, without waiting and without the interpreter.
    pub(crate) fn try_enter(&self) -> Option<MutexGuard<'_, T>> {
        match self.value.try_lock() {
            Ok(guard) => Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    #[cold]
    fn wait(&self, py: Python<'_>) -> MutexGuard<'_, T> {
        struct Carried<'a, T>(MutexGuard<'a, T>);
        // SAFETY: `detach` runs its closure on this very thread, so the guard does not change threads.
        unsafe impl<T> Send for Carried<'_, T> {}
        py.detach(|| Carried(self.value.lock().unwrap_or_else(PoisonError::into_inner))).0
    }
}

impl<T> Deref for Inside<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.guard
    }
}

impl<T> DerefMut for Inside<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.guard
    }
}

impl<T> Drop for Inside<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.holder.store(NOBODY, Ordering::Relaxed);
    }
}
