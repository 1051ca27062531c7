//! The native half of `componium`: runtime and component toolchain.

mod error;
mod toolchain;

use pyo3::prelude::*;

/// Private: use the `componium` package.
#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::toolchain::{bindings_c, componentize, parse_text};
}
