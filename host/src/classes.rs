//! The Python classes of named WIT types, made by `componium._types`.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyModule, PyTuple};

use crate::resource::Resource;

fn module(py: Python<'_>) -> PyResult<&Bound<'_, PyModule>> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let import = || PyModule::import(py, "componium._types").map(Bound::unbind);
    Ok(MODULE.get_or_try_init(py, import)?.bind(py))
}

/// The class of a record: `fields` are (Python name, WIT type) pairs.
pub(crate) fn record(py: Python<'_>, interface: &str, name: &str, fields: &[(String, String)]) -> PyResult<Py<PyAny>> {
    let fields = PyTuple::new(py, fields)?;
    Ok(module(py)?.call_method1("record_class", (interface, name, fields))?.unbind())
}

/// A class, and the class of each case or the members it has.
type ClassAndMembers = (Py<PyAny>, Vec<Py<PyAny>>);

/// The class of a variant and one for each case: `cases` are (WIT name, has a payload).
pub(crate) fn variant(
    py: Python<'_>,
    interface: &str,
    name: &str,
    cases: &[(String, bool)],
) -> PyResult<ClassAndMembers> {
    make(py, "variant_class", interface, name, PyTuple::new(py, cases)?)
}

/// The class of an enum and its members.
pub(crate) fn enumeration(py: Python<'_>, interface: &str, name: &str, names: &[String]) -> PyResult<ClassAndMembers> {
    make(py, "enum_class", interface, name, PyTuple::new(py, names)?)
}

/// The class of flags and its members.
pub(crate) fn flags(py: Python<'_>, interface: &str, name: &str, names: &[String]) -> PyResult<ClassAndMembers> {
    make(py, "flags_class", interface, name, PyTuple::new(py, names)?)
}

fn make(
    py: Python<'_>,
    maker: &str,
    interface: &str,
    name: &str,
    parts: Bound<'_, PyTuple>,
) -> PyResult<ClassAndMembers> {
    module(py)?.call_method1(maker, (interface, name, parts))?.extract()
}

/// The class of handles of a guest's resource: `members` are (kind, Python name, function).
pub(crate) fn resource(
    py: Python<'_>,
    resource: &Resource,
    members: Vec<(&str, &String, Py<PyAny>)>,
) -> PyResult<Py<PyAny>> {
    let module = PyModule::import(py, "componium._resources")?;
    let arguments = (resource.interface.as_deref(), &resource.name, resource.docs.as_deref(), members);
    Ok(module.call_method1("resource_class", arguments)?.unbind())
}

/// The Python name of a WIT function, parameter or field.
pub(crate) fn snake_case(py: Python<'_>, name: &str) -> PyResult<String> {
    module(py)?.call_method1("snake_case", (name,))?.extract()
}

/// The Python name of a named WIT type.
pub(crate) fn pascal_case(py: Python<'_>, name: &str) -> PyResult<String> {
    module(py)?.call_method1("pascal_case", (name,))?.extract()
}

macro_rules! wrapper {
    ($(#[$doc:meta])* $function:ident, $class:literal) => {
        $(#[$doc])*
        pub(crate) fn $function(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
            static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
            let find = || module(py)?.getattr($class).map(Bound::unbind);
            Ok(CLASS.get_or_try_init(py, find)?.bind(py))
        }
    };
}

wrapper!(
    /// `componium.Ok`.
    ok, "Ok"
);
wrapper!(
    /// `componium.Err`.
    err, "Err"
);
wrapper!(
    /// `componium.Some`.
    some, "Some"
);
