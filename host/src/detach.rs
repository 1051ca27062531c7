//! Waiting and computing without the interpreter.

use pyo3::prelude::*;

/// Run `body` on this thread while other threads run Python.
///
/// Unlike `Python::detach` it takes what cannot change threads, such as a lock's guard: nothing does.
#[cold]
pub(crate) fn detached<R>(py: Python<'_>, body: impl FnOnce() -> R) -> R {
    struct Carried<T>(T);
    // SAFETY: `Python::detach` runs its closure on this very thread, so nothing that it captures or returns changes
    // threads. What `body` does with Python objects, it does by way of `Python::attach`: without it, it reads messages only,
    // whose references are counted when their owner, which waits here, drops them.
    unsafe impl<T> Send for Carried<T> {}
    impl<R, F: FnOnce() -> R> Carried<F> {
        fn run(self) -> Carried<R> {
            Carried((self.0)())
        }
    }
    let body = Carried(body);
    py.detach(|| body.run()).0
}
