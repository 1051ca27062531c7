//! What a running guest does for the interpreter at every tick: hear Ctrl-C, and let other threads run.

use std::cell::Cell;

use pyo3::prelude::*;

use crate::guest::wasm::is_detached;

/// While the interpreter is let go, signals are looked for once in so many ticks: every 50 ms. To take the interpreter for
/// that may mean to wait for 5 ms.
const SIGNALS: u32 = 5;

thread_local! {
    static TICKS: Cell<u32> = const { Cell::new(0) };
    /// Whether this is the interpreter's main thread, the only one that hears signals; `None` if not asked yet.
    static IS_MAIN: Cell<Option<bool>> = const { Cell::new(None) };
}

/// Called at every tick of a running guest.
///
/// # Errors
///
/// What a signal's handler raised, such as `KeyboardInterrupt`.
pub(crate) fn tick() -> PyResult<()> {
    if !is_detached() {
        return Python::attach(|py| {
            py.detach(std::thread::yield_now);
            py.check_signals()
        });
    }
    TICKS.set(TICKS.get().wrapping_add(1));
    if TICKS.get().is_multiple_of(SIGNALS) && IS_MAIN.get() != Some(false) {
        Python::attach(|py| {
            if IS_MAIN.get().is_none() {
                IS_MAIN.set(Some(is_main_thread(py)?));
            }
            py.check_signals()
        })?;
    }
    Ok(())
}

fn is_main_thread(py: Python<'_>) -> PyResult<bool> {
    let threading = py.import("threading")?;
    threading.call_method0("current_thread")?.eq(threading.call_method0("main_thread")?)
}

/// In a child process, the thread that forked is the main thread.
pub(crate) fn after_fork() {
    IS_MAIN.set(Some(true));
}
