//! How a worker process ends with its application.

use pyo3::prelude::*;

/// Kill this process as soon as the other end of the pipe `descriptor` is closed, which this takes over: a plugin that never
/// returns, and holds the interpreter, does not keep it.
#[cfg(unix)]
#[pyfunction]
pub(crate) fn end_with(descriptor: std::os::fd::RawFd) -> PyResult<()> {
    use std::fs::File;
    use std::io::{ErrorKind, Read};
    use std::os::fd::FromRawFd;

    // SAFETY: the caller gives the descriptor away.
    let mut pipe = unsafe { File::from_raw_fd(descriptor) };
    let wait = move || {
        loop {
            match pipe.read(&mut [0]) {
                Ok(0) => break,
                Err(error) if error.kind() != ErrorKind::Interrupted => break,
                _ => {}
            }
        }
        // Nothing that the plugin did can hold this up.
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    };
    std::thread::Builder::new().name("componium-lifeline".into()).spawn(wait)?;
    Ok(())
}

/// Workers need what only Unix has.
#[cfg(not(unix))]
#[pyfunction]
pub(crate) fn end_with(descriptor: i32) -> PyResult<()> {
    let _ = descriptor;
    Err(pyo3::exceptions::PyNotImplementedError::new_err("workers need Unix"))
}
