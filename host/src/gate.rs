//! One call at a time: the lock around an instance's store.

use std::collections::HashMap;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError, TryLockError};

use pyo3::prelude::*;

use crate::detach::detached;

/// No thread.
pub(crate) const NOBODY: usize = 0;

thread_local! {
    static TOKEN: u8 = const { 0 };
}

/// A number that no other living thread has.
#[inline]
pub(crate) fn this_thread() -> usize {
    TOKEN.with(|token| std::ptr::from_ref(token).addr())
}

/// Who holds a gate.
type Holder = Arc<AtomicUsize>;

/// The gates that threads wait for.
static WAITING: LazyLock<Mutex<HashMap<usize, Holder>>> = LazyLock::new(Mutex::default);

/// A lock that knows its holder, so that a thread that would wait for itself is told so.
pub(crate) struct Gate<T> {
    holder: Holder,
    value: Mutex<T>,
}

/// The open gate.
pub(crate) struct Inside<'a, T> {
    holder: &'a AtomicUsize,
    guard: MutexGuard<'a, T>,
}

/// Why a thread cannot wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blocked {
    /// The thread is inside already.
    Inside,
    /// The thread inside waits, itself or through others, for a gate that this thread holds.
    Deadlock,
}

impl<T: Send> Gate<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { holder: Arc::new(AtomicUsize::new(NOBODY)), value: Mutex::new(value) }
    }

    /// Wait for the gate, other threads of the interpreter running meanwhile.
    #[inline]
    pub(crate) fn enter(&self, py: Python<'_>) -> Result<Inside<'_, T>, Blocked> {
        let me = this_thread();
        if self.holder.load(Ordering::Relaxed) == me {
            return Err(Blocked::Inside);
        }
        let guard = match self.try_lock() {
            Some(guard) => guard,
            None => self.wait(py, me)?,
        };
        Ok(self.inside(guard, me))
    }

    /// Enter if nobody is inside.
    pub(crate) fn try_enter(&self) -> Option<Inside<'_, T>> {
        self.try_lock().map(|guard| self.inside(guard, this_thread()))
    }

    #[inline]
    fn inside<'a>(&'a self, guard: MutexGuard<'a, T>, me: usize) -> Inside<'a, T> {
        self.holder.store(me, Ordering::Relaxed);
        Inside { holder: &self.holder, guard }
    }

    #[inline]
    fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        match self.value.try_lock() {
            Ok(guard) => Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    #[cold]
    fn wait(&self, py: Python<'_>, me: usize) -> Result<MutexGuard<'_, T>, Blocked> {
        let _waiting = Waiting::new(me, &self.holder)?;
        Ok(detached(py, || self.value.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

/// A thread's entry in `WAITING`.
struct Waiting(usize);

impl Waiting {
    /// Enter the thread, unless the gates that others wait for lead back to it.
    ///
    /// Every thread on the way waits, so none of the gates on the way can open meanwhile.
    fn new(me: usize, gate: &Holder) -> Result<Self, Blocked> {
        let mut waiting = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
        let mut holder = gate.load(Ordering::Relaxed);
        for _ in 0..=waiting.len() {
            if holder == me {
                return Err(Blocked::Deadlock);
            }
            let Some(gate) = waiting.get(&holder) else { break };
            holder = gate.load(Ordering::Relaxed);
        }
        waiting.insert(me, Arc::clone(gate));
        Ok(Self(me))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        WAITING.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
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
