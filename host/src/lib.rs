//! The native half of `componium`: the runtime and the component toolchain.
//!
//! A call goes through `callable` and `function`, `lower` and `message` (Python to guest), a kind of `guest` and `lift`
//! (guest to Python); `host_function` is the way back. Resources go beside the values: `resource` is a guest's as Python
//! holds it, `host` keeps what guests hold of Python, `representation` stands for either on the way.

mod boundary;
mod cache;
mod call;
mod callable;
mod classes;
mod component;
mod contract;
mod detach;
mod dispatcher;
mod encoding;
mod engine;
mod error;
mod excerpt;
mod export;
mod failure;
mod function;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod gate;
mod guest;
mod host;
mod host_function;
mod instance;
mod interrupts;
mod lifeline;
mod lift;
mod lower;
mod message;
mod output;
mod pace;
mod printable;
mod problem;
mod record;
mod representation;
mod resource;
mod signature;
mod stack;
mod text;
mod toolchain;
mod types;
mod wasi;
mod wire;
mod world;

use pyo3::prelude::*;

/// Start the ticking thread again, in a child process.
#[pyfunction]
fn after_fork() {
    engine::after_fork();
    interrupts::after_fork();
}

/// Private: use the `componium` package.
#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::after_fork;
    #[pymodule_export]
    use crate::cache::Cache;
    #[pymodule_export]
    use crate::component::Component;
    #[pymodule_export]
    use crate::contract::Contract;
    #[pymodule_export]
    use crate::dispatcher::Dispatcher;
    #[pymodule_export]
    use crate::guest::native::inspect_native;
    #[pymodule_export]
    use crate::instance::Instance;
    #[pymodule_export]
    use crate::lifeline::end_with;
    #[pymodule_export]
    use crate::resource::{Handle, ResourceType};
    #[pymodule_export]
    use crate::toolchain::{bindings_c, component_model, componentize, embed, native_glue, parse_text, wit_model};

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("Function", crate::callable::class(module.py())?)
    }
}
