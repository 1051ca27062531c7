//! What crosses between a component and the application: all of its world that has a Python side.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::error::Error;
use crate::export::{Export, callable};
use crate::host_function::HostFunction;
use crate::resource::{MemberKind, Origin, Resource};
use crate::world::{Interface, World, label};

/// A component's world as its callers and host functions see it.
pub(crate) struct Boundary {
    /// What errors call the component.
    pub name: String,
    pub world: World,
    pub imports: Vec<Interface>,
    pub exports: Vec<Interface>,
    /// The exported functions whose types can cross.
    pub callable: Arc<[Arc<Export>]>,
    pub host_functions: Arc<[Arc<HostFunction>]>,
    /// In the order of their numbers.
    pub host_resources: Vec<Arc<Resource>>,
}

impl Boundary {
    /// Make the types of `world`, for guests with pointers of so many bytes.
    pub(crate) fn new(py: Python<'_>, name: String, world: World, pointer: u32) -> PyResult<Self> {
        let (imports, exports) = world.interfaces(py, pointer)?;
        let callable = callable(&exports).into();
        let host_functions = host_functions(py, &name, application(&imports))?.into();
        let host_resources = by_number(application(&imports));
        Ok(Self { name, world, imports, exports, callable, host_functions, host_resources })
    }

    /// The same boundary from the guest's side: the guest provides the exports, in the order of `callable`, and calls what
    /// it imports, in the order of `host_functions`.
    pub(crate) fn mirrored(&self, py: Python<'_>, pointer: u32) -> PyResult<Self> {
        let (name, world) = (self.name.clone(), self.world.clone());
        let (mut exports, mut imports) = world.mirrored(py, pointer)?;
        exports.retain(|interface| !interface.is_wasi());
        // What cannot cross is called by nobody.
        for interface in &mut imports {
            interface.functions.retain(|function| function.signature.is_ok());
        }
        let callable = callable(&exports).into();
        let host_functions = host_functions(py, &name, imports.iter())?.into();
        let host_resources = by_number(imports.iter());
        Ok(Self { name, world, imports, exports, callable, host_functions, host_resources })
    }
}

/// The application's imports: all but WASI's, which the host always provides.
fn application(imports: &[Interface]) -> impl Iterator<Item = &Interface> {
    imports.iter().filter(|interface| !interface.is_wasi())
}

fn host_functions<'a>(
    py: Python<'_>,
    component: &str,
    imports: impl Iterator<Item = &'a Interface>,
) -> PyResult<Vec<Arc<HostFunction>>> {
    let mut found = Vec::new();
    for interface in imports {
        for function in &interface.functions {
            let label = label(interface.name.as_deref(), &function.name);
            let signature = function.signature.clone();
            let signature =
                signature.map_err(|reason| Error::Unsupported(format!("{component} imports {label}: {reason}")))?;
            let is_method = |member: &&crate::resource::Member| member.kind == MemberKind::Method;
            let method =
                function.member.as_ref().filter(is_method).map(|_| PyString::intern(py, &signature.name).unbind());
            found.push(Arc::new(HostFunction {
                interface: interface.name.clone(),
                name: function.name.clone(),
                label,
                wit: function.wit.clone(),
                signature,
                member: function.member.clone(),
                method,
            }));
        }
    }
    Ok(found)
}

/// The resources of some interfaces, in the order of their numbers.
pub(crate) fn by_number<'a>(interfaces: impl Iterator<Item = &'a Interface>) -> Vec<Arc<Resource>> {
    let mut found: Vec<_> = interfaces.flat_map(|interface| &interface.resources).map(Arc::clone).collect();
    found.sort_by_key(|resource| match resource.origin {
        Origin::Host(number) => number as usize,
        Origin::Guest(number) => number,
    });
    found
}
