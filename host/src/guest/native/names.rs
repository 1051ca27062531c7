//! The names of a world's functions in a library's table: those of a component's core module.

use std::collections::HashMap;

use crate::boundary::Boundary;
use crate::resource::Origin;

/// The names that a library must and may have.
pub(super) struct Names {
    /// Of the functions that can be called, in the order of the boundary.
    pub callable: Vec<String>,
    /// Of functions whose types cannot cross.
    pub others: Vec<String>,
    /// Of destructors, by the number of their resource.
    pub destructors: Vec<String>,
    /// By module and name.
    pub imports: HashMap<(String, String), Import>,
}

/// What the host does for an import.
#[derive(Clone, Copy, Debug)]
pub(super) enum Import {
    /// Call the application's function of that number.
    Function(usize),
    /// Drop a handle.
    Drop(Origin),
    /// Make a handle of what the guest knows a resource of its own by.
    New(usize),
    /// What the guest knows a resource of its own by.
    Representation(usize),
}

/// The name of what a function's result is handed back to.
pub(super) fn post_return(export: &str) -> String {
    format!("cabi_post_{export}")
}

impl Names {
    pub(super) fn of(boundary: &Boundary) -> Self {
        let callable = boundary.callable.iter();
        let callable: Vec<_> = callable.map(|export| export_name(export.interface.as_deref(), &export.name)).collect();
        let exported = boundary.exports.iter().flat_map(|interface| {
            interface.functions.iter().map(|function| export_name(interface.name.as_deref(), &function.name))
        });
        let others = exported.filter(|name| !callable.contains(name)).collect();
        Self { callable, others, destructors: destructors(boundary), imports: imports(boundary) }
    }
}

fn export_name(interface: Option<&str>, function: &str) -> String {
    interface.map_or_else(|| function.to_owned(), |interface| format!("{interface}#{function}"))
}

fn destructors(boundary: &Boundary) -> Vec<String> {
    let resources = boundary.exports.iter().flat_map(|interface| &interface.resources);
    let mut found: Vec<_> = resources
        .filter_map(|resource| match resource.origin {
            Origin::Guest(number) => {
                Some((number, export_name(resource.interface.as_deref(), &format!("[dtor]{}", resource.name))))
            }
            Origin::Host(_) => None,
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, name)| name).collect()
}

fn imports(boundary: &Boundary) -> HashMap<(String, String), Import> {
    let module = |interface: Option<&str>| interface.unwrap_or("$root").to_owned();
    let mut found = HashMap::new();
    for (index, function) in boundary.host_functions.iter().enumerate() {
        found.insert((module(function.interface.as_deref()), function.name.clone()), Import::Function(index));
    }
    for resource in &boundary.host_resources {
        let name = format!("[resource-drop]{}", resource.name);
        found.insert((module(resource.interface.as_deref()), name), Import::Drop(resource.origin));
    }
    for resource in boundary.exports.iter().flat_map(|interface| &interface.resources) {
        let Origin::Guest(number) = resource.origin else { continue };
        let module = format!("[export]{}", module(resource.interface.as_deref()));
        let intrinsics = [
            ("[resource-new]", Import::New(number)),
            ("[resource-rep]", Import::Representation(number)),
            ("[resource-drop]", Import::Drop(resource.origin)),
        ];
        for (intrinsic, import) in intrinsics {
            found.insert((module.clone(), format!("{intrinsic}{}", resource.name)), import);
        }
    }
    found
}
