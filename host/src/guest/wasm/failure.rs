//! Why a call failed, as wasmtime tells it.

use wasmtime::{Trap, WasmBacktrace};
use wasmtime_wasi::I32Exit;

use super::abi::Violation;
use super::state::{DeadlineExceeded, State};
use crate::error::Frame;
use crate::failure::Failure;
use crate::printable::printable;

/// Bytes of a name that are shown.
const LONGEST_NAME: usize = 4 << 10;

/// What wasmtime's `error` means.
#[cold]
pub(super) fn of(error: wasmtime::Error, state: &State) -> Box<Failure> {
    let frames = error.downcast_ref::<WasmBacktrace>().map(frames).unwrap_or_default();
    let error = match error.downcast() {
        Ok(error) => return Box::new(Failure::Raised { error, frames }),
        Err(error) => error,
    };
    Box::new(if error.is::<DeadlineExceeded>() {
        Failure::Deadline { limit: state.deadline.limit.unwrap_or_default().as_secs_f64() }
    } else if let Some(wanted) = state.memory.refused {
        Failure::Memory { wanted, limit: state.memory.limit }
    } else if let Some(violation) = error.downcast_ref::<Violation>() {
        Failure::violation(violation, frames)
    } else if let Some(trap) = error.downcast_ref::<Trap>() {
        Failure::Trap { reason: trap.to_string(), frames }
    } else if let Some(exit) = error.downcast_ref::<I32Exit>() {
        Failure::Trap { reason: format!("the guest exited with status {}", exit.0), frames }
    } else {
        Failure::Trap { reason: format!("the guest failed: {}", error.root_cause()), frames }
    })
}

fn frames(backtrace: &WasmBacktrace) -> Vec<Frame> {
    let mut frames = Vec::new();
    for frame in backtrace.frames() {
        let module = frame.module().name().map(shown);
        let fallback = || frame.func_name().map_or_else(|| format!("function {}", frame.func_index()), demangle);
        if frame.symbols().is_empty() {
            frames.push(Frame { function: fallback(), module: module.clone(), file: None, line: None });
        }
        for symbol in frame.symbols() {
            frames.push(Frame {
                function: symbol.name().map_or_else(fallback, demangle),
                module: module.clone(),
                file: symbol.file().map(shown),
                line: symbol.line(),
            });
        }
    }
    frames
}

/// A function's name as its author wrote it.
fn demangle(name: &str) -> String {
    if name.len() > LONGEST_NAME {
        return shown(name);
    }
    shown(&format!("{:#}", rustc_demangle::demangle(name)))
}

/// A name, which is the guest's, as people may see it.
fn shown(name: &str) -> String {
    if name.len() <= LONGEST_NAME {
        return printable(name).into_owned();
    }
    format!("{}…", printable(&name[..name.floor_char_boundary(LONGEST_NAME)]))
}
