//! A running component: its store, behind a gate, and how its calls end.

use std::sync::Arc;

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use wasmtime::component::InstancePre;
use wasmtime::{Store, Trap, WasmBacktrace};
use wasmtime_wasi::I32Exit;

use crate::abi::Violation;
use crate::error::{Error, Frame};
use crate::export::Export;
use crate::function::Function;
use crate::gate::{Gate, Inside};
use crate::state::{self, DeadlineExceeded, State};

/// A store that can be called into, or why there is none any more.
pub(crate) enum Life {
    Running(Box<Store<State>>),
    Ended(String),
}

/// Private: see `componium.Instance`.
#[pyclass(frozen, module = "componium._native")]
pub(crate) struct Instance {
    name: String,
    exports: Arc<[Arc<Export>]>,
    instance: wasmtime::component::Instance,
    life: Gate<Life>,
}

impl Instance {
    /// Instantiate `pre` in `store`; the component's start code runs, within the deadline.
    pub(crate) fn new(
        name: String,
        exports: Arc<[Arc<Export>]>,
        mut store: Store<State>,
        pre: &InstancePre<State>,
    ) -> PyResult<Self> {
        let _ticking = state::begin(&mut store);
        let instance = match pre.instantiate(&mut store) {
            Ok(instance) => instance,
            Err(error) => {
                return Err(failure(error, &format!("{name}: instantiation"), store.data()));
            }
        };
        let life = Gate::new(Life::Running(Box::new(store)));
        Ok(Self { name, exports, instance, life })
    }

    /// Wait until no other thread is in the instance.
    #[inline]
    pub(crate) fn enter(&self, py: Python<'_>) -> PyResult<Inside<'_, Life>> {
        self.life.enter(py).ok_or_else(|| self.reentered())
    }

    #[cold]
    fn reentered(&self) -> PyErr {
        let remedy = "a host function may use other instances, not the one that is calling it";
        Error::Reentrance(format!("{}: this instance is in a call already; {remedy}", self.name)).into()
    }

    /// The error for a call into an instance that has ended.
    #[cold]
    pub(crate) fn ended(&self, reason: &str) -> PyErr {
        Error::Closed(format!("{}: this instance {reason}; instantiate the component again", self.name)).into()
    }

    /// End the instance because a call failed, and make the caller's exception.
    #[cold]
    pub(crate) fn fail(&self, life: &mut Life, label: &str, error: wasmtime::Error) -> PyErr {
        match std::mem::replace(life, Life::Ended(format!("ended when {label}() failed"))) {
            Life::Running(store) => failure(error, &format!("{}: {label}()", self.name), store.data()),
            Life::Ended(reason) => self.ended(&reason),
        }
    }
}

#[pymethods]
impl Instance {
    /// The functions that can be called: (interface, Python name, function).
    fn functions(slf: &Bound<'_, Self>) -> PyResult<Vec<(Option<String>, String, Function)>> {
        let py = slf.py();
        let mut life = slf.get().enter(py)?;
        let Life::Running(store) = &mut *life else { return Ok(Vec::new()) };
        let mut functions = Vec::with_capacity(slf.get().exports.len());
        for export in &*slf.get().exports {
            let function = slf.get().instance.get_func(&mut **store, export.index);
            let function = function.ok_or_else(|| Error::InvalidComponent(format!("{} is missing", export.label)))?;
            let made = Function::new(slf.clone().unbind(), function, Arc::clone(export));
            functions.push((export.interface.clone(), export.signature.name.clone(), made));
        }
        Ok(functions)
    }

    /// For the garbage collector: the host functions, which often refer back to the instance.
    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        // While a call is under way, its caller keeps the instance alive.
        match self.life.try_enter().as_deref() {
            Some(Life::Running(store)) => store.data().functions.iter().try_for_each(|function| visit.call(function)),
            _ => Ok(()),
        }
    }

    /// For the garbage collector: nothing can call the instance any more.
    fn __clear__(&self) {
        if let Some(mut life) = self.life.try_enter() {
            *life = Life::Ended("was collected".to_owned());
        }
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
        Ok(matches!(*self.enter(py)?, Life::Running(_)))
    }
}

/// The exception for a call that failed.
fn failure(error: wasmtime::Error, place: &str, state: &State) -> PyErr {
    let error = match error.downcast::<PyErr>() {
        Ok(raised) => return raised,
        Err(error) => error,
    };
    if error.is::<DeadlineExceeded>() {
        let limit = state.deadline.limit.unwrap_or_default().as_secs_f64();
        let message = format!("{place} was ended after its deadline of {limit} s; raise `deadline` if it needs longer");
        return Error::Deadline { message, limit }.into();
    }
    let frames = error.downcast_ref::<WasmBacktrace>().map(frames).unwrap_or_default();
    if let Some(wanted) = state.memory.refused {
        let limit = state.memory.limit;
        let message =
            format!("{place} failed after it was refused {wanted} bytes of memory; the limit is {limit} (`memory`)");
        return Error::Memory { message, limit }.into();
    }
    let reason = if let Some(violation) = error.downcast_ref::<Violation>() {
        format!("the guest broke the canonical ABI: {violation}")
    } else if let Some(trap) = error.downcast_ref::<Trap>() {
        trap.to_string()
    } else if let Some(exit) = error.downcast_ref::<I32Exit>() {
        format!("the guest exited with status {}", exit.0)
    } else {
        format!("the guest failed: {}", error.root_cause())
    };
    Error::Trap { message: format!("{place}: {reason}"), frames }.into()
}

fn frames(backtrace: &WasmBacktrace) -> Vec<Frame> {
    let mut frames = Vec::new();
    for frame in backtrace.frames() {
        let module = frame.module().name().map(str::to_owned);
        let fallback = || frame.func_name().map_or_else(|| format!("function {}", frame.func_index()), demangle);
        if frame.symbols().is_empty() {
            frames.push(Frame { function: fallback(), module: module.clone(), file: None, line: None });
        }
        for symbol in frame.symbols() {
            frames.push(Frame {
                function: symbol.name().map_or_else(fallback, demangle),
                module: module.clone(),
                file: symbol.file().map(str::to_owned),
                line: symbol.line(),
            });
        }
    }
    frames
}

/// A function's name as its author wrote it.
fn demangle(name: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(name))
}
