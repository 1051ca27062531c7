//! The native half of `componium`: the runtime and the component toolchain.
//!
//! A call goes through `function`, `lower` and `message` (Python to guest), `abi` (into wasmtime) and `lift` (guest to
//! Python); `host_function` is the way back.

mod abi;
mod cache;
mod classes;
mod component;
mod contract;
mod engine;
mod error;
mod export;
mod function;
mod gate;
mod host_function;
mod instance;
mod lift;
mod lower;
mod message;
mod problem;
mod record;
mod signature;
mod state;
mod text;
mod toolchain;
mod types;
mod wasi;
mod world;

use pyo3::prelude::*;

/// Start the ticking thread again, in a child process.
#[pyfunction]
fn after_fork() {
    engine::after_fork();
}

/// Private: use the `componium` package.
#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::after_fork;
    #[pymodule_export]
    use crate::component::Component;
    #[pymodule_export]
    use crate::contract::Contract;
    #[pymodule_export]
    use crate::function::Function;
    #[pymodule_export]
    use crate::instance::Instance;
    #[pymodule_export]
    use crate::toolchain::{bindings_c, component_model, componentize, embed, parse_text, wit_model};
}
