//! What a component imports and exports, with the names and words of its WIT.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Context, Result};
use pyo3::prelude::*;
use wit_component::{DecodedWasm, WitPrinter};
use wit_parser::{FunctionKind, InterfaceId, PackageId, Resolve, TypeDefKind, TypeId, WorldId, WorldItem, WorldKey};

use crate::resource::{Member, MemberKind, Origin, Resource};
use crate::signature::{self, Signature};
use crate::{classes, text};

/// The WIT of a component: a package with one world.
#[derive(Clone)]
pub(crate) struct World {
    pub resolve: Resolve,
    pub package: PackageId,
    pub id: WorldId,
}

/// One function of an interface, or of the world itself.
pub(crate) struct Function {
    /// The name in WIT, as the linker knows it.
    pub name: String,
    /// The function as WIT text.
    pub wit: String,
    /// The same with every named type spelt out, to compare contracts by.
    pub expanded: String,
    pub docs: Option<String>,
    /// How to call it, or the reason why it cannot be called yet.
    pub signature: std::result::Result<Arc<Signature>, String>,
    /// The resource that it is a function of.
    pub member: Option<Member>,
}

/// Functions that are imported or exported together; the world's own functions have no interface name.
pub(crate) struct Interface {
    pub name: Option<String>,
    pub functions: Vec<Function>,
    /// The Python classes of its named types, by their Python names.
    pub classes: Vec<(String, Py<PyAny>)>,
    /// The resources that it defines.
    pub resources: Vec<Arc<Resource>>,
}

impl Interface {
    /// Whether the interface is WASI's, which the host always provides.
    pub(crate) fn is_wasi(&self) -> bool {
        self.name.as_deref().is_some_and(is_wasi)
    }
}

impl World {
    /// Read the world of a component, or of a WIT package in binary form with a single world.
    pub(crate) fn decode(wasm: &[u8]) -> Result<Self> {
        match wit_component::decode(wasm)? {
            DecodedWasm::Component(resolve, id) => {
                let package = resolve.worlds[id].package.context("the component's world has no package")?;
                Ok(Self { resolve, package, id })
            }
            DecodedWasm::WitPackage(resolve, package) => {
                let id = resolve.select_world(&[package], None)?;
                Ok(Self { resolve, package, id })
            }
        }
    }

    /// The world as a WIT package in binary form, small enough to keep beside compiled code.
    pub(crate) fn encode(&self) -> Result<Vec<u8>> {
        wit_component::encode(&self.resolve, self.package, false)
    }

    /// The world as WIT text, which can be read again: without the other worlds of its package.
    pub(crate) fn print(&self) -> Result<String> {
        let mut resolve = self.resolve.clone();
        resolve.packages[self.package].worlds.retain(|_, id| *id == self.id);
        let others = resolve.packages.iter().map(|(id, _)| id).filter(|id| *id != self.package);
        let mut printer = WitPrinter::default();
        printer.print(&resolve, self.package, &others.collect::<Vec<_>>())?;
        Ok(printer.output.to_string())
    }

    /// The imports and the exports, in the order of the world, for guests with pointers of so many bytes.
    pub(crate) fn interfaces(&self, py: Python<'_>, pointer: u32) -> PyResult<(Vec<Interface>, Vec<Interface>)> {
        self.sides(py, pointer, host_origin, Origin::Guest)
    }

    /// The imports and the exports as the guest sees them: what it imports is not its own, what it exports is.
    pub(crate) fn mirrored(&self, py: Python<'_>, pointer: u32) -> PyResult<(Vec<Interface>, Vec<Interface>)> {
        self.sides(py, pointer, Origin::Guest, host_origin)
    }

    fn sides(
        &self,
        py: Python<'_>,
        pointer: u32,
        imports: fn(usize) -> Origin,
        exports: fn(usize) -> Origin,
    ) -> PyResult<(Vec<Interface>, Vec<Interface>)> {
        let world = &self.resolve.worlds[self.id];
        let resources = self.resources(&world.imports, imports);
        let mut all = resources.clone();
        // Where an interface is imported and exported, exports speak of the exported one.
        all.extend(self.resources(&world.exports, exports));
        let mut imported = signature::Types::new(&self.resolve, resources, pointer);
        let mut exported = signature::Types::new(&self.resolve, all, pointer);
        Ok((self.side(py, &mut imported, &world.imports)?, self.side(py, &mut exported, &world.exports)?))
    }

    /// The resources that one side of the world defines, numbered in its order; WASI's are not the application's.
    fn resources<'a>(
        &'a self,
        items: impl IntoIterator<Item = (&'a WorldKey, &'a WorldItem)>,
        origin: impl Fn(usize) -> Origin,
    ) -> HashMap<TypeId, Arc<Resource>> {
        let mut found = HashMap::new();
        let mut add = |interface: Option<String>, id: TypeId| {
            let definition = &self.resolve.types[id];
            if !matches!(definition.kind, TypeDefKind::Resource) || interface.as_deref().is_some_and(is_wasi) {
                return;
            }
            let (name, docs) = (definition.name.clone().unwrap_or_default(), definition.docs.contents.clone());
            let origin = origin(found.len());
            found.insert(id, Arc::new(Resource { name, interface, docs, origin }));
        };
        for (key, item) in items {
            match item {
                WorldItem::Interface { id, .. } => {
                    for id in self.resolve.interfaces[*id].types.values() {
                        add(Some(self.resolve.name_world_key(key)), *id);
                    }
                }
                WorldItem::Type { id, .. } => add(None, *id),
                WorldItem::Function(_) => {}
            }
        }
        found
    }

    fn side<'a>(
        &'a self,
        py: Python<'_>,
        types: &mut signature::Types<'a>,
        items: impl IntoIterator<Item = (&'a WorldKey, &'a WorldItem)>,
    ) -> PyResult<Vec<Interface>> {
        let mut own = Interface { name: None, functions: Vec::new(), classes: Vec::new(), resources: Vec::new() };
        let mut interfaces = Vec::new();
        for (key, item) in items {
            match item {
                WorldItem::Interface { id, .. } => interfaces.push(self.interface(py, types, key, *id)?),
                WorldItem::Function(function) => own.functions.push(self.function(py, types, function)?),
                WorldItem::Type { id, .. } => own.resources.extend(self.defined(types, *id)),
            }
        }
        if !own.functions.is_empty() || !own.resources.is_empty() {
            interfaces.insert(0, own);
        }
        Ok(interfaces)
    }

    /// The resource that `id` defines, rather than names.
    fn defined(&self, types: &signature::Types<'_>, id: TypeId) -> Option<Arc<Resource>> {
        let defines = matches!(self.resolve.types[id].kind, TypeDefKind::Resource);
        defines.then(|| types.resource(id).ok()).flatten()
    }

    fn interface<'a>(
        &'a self,
        py: Python<'_>,
        types: &mut signature::Types<'a>,
        key: &WorldKey,
        id: InterfaceId,
    ) -> PyResult<Interface> {
        let interface = &self.resolve.interfaces[id];
        let mut classes = Vec::new();
        for (name, id) in &interface.types {
            if let Some(class) = types.class(py, *id)? {
                classes.push((classes::pascal_case(py, name)?, class));
            }
        }
        Ok(Interface {
            name: Some(self.resolve.name_world_key(key)),
            functions: interface
                .functions
                .values()
                .map(|function| self.function(py, types, function))
                .collect::<PyResult<_>>()?,
            classes,
            resources: interface.types.values().filter_map(|id| self.defined(types, *id)).collect(),
        })
    }

    fn function<'a>(
        &'a self,
        py: Python<'_>,
        types: &mut signature::Types<'a>,
        function: &'a wit_parser::Function,
    ) -> PyResult<Function> {
        let member = member(types, &function.kind);
        let signature = match &member {
            Ok(_) => types.signature(py, function)?.map(Arc::new),
            Err(reason) => Err(reason.clone()),
        };
        Ok(Function {
            name: function.name.clone(),
            wit: text::function(&self.resolve, function, text::Names::Kept),
            expanded: text::function(&self.resolve, function, text::Names::Expanded),
            docs: function.docs.contents.clone(),
            signature,
            member: member.ok().flatten(),
        })
    }
}

/// What a function is to a resource, or why it cannot be called.
fn member(types: &signature::Types<'_>, kind: &FunctionKind) -> std::result::Result<Option<Member>, String> {
    let (id, kind) = match kind {
        FunctionKind::Freestanding => return Ok(None),
        FunctionKind::Constructor(id) => (id, MemberKind::Constructor),
        FunctionKind::Method(id) => (id, MemberKind::Method),
        FunctionKind::Static(id) => (id, MemberKind::Static),
        _ => return Err("asynchronous functions cannot be called yet".to_owned()),
    };
    Ok(Some(Member { resource: types.resource(*id)?, kind }))
}

/// The origin of a resource that is not the guest's own.
fn host_origin(number: usize) -> Origin {
    Origin::Host(u32::try_from(number).unwrap_or(u32::MAX))
}

fn is_wasi(interface: &str) -> bool {
    interface.starts_with("wasi:")
}

/// The last part of an interface's name: `runner` of `componium:launcher/runner@0.1.0`.
fn short_name(interface: &str) -> &str {
    let name = interface.rsplit_once('/').map_or(interface, |(_, name)| name);
    name.split_once('@').map_or(name, |(name, _)| name)
}

/// What errors call a function: `runner.handle`; `files.file.read` for a method of a resource.
pub(crate) fn label(interface: Option<&str>, function: &str) -> String {
    let function = function.split_once(']').map_or(function, |(_, member)| member);
    interface.map_or_else(|| function.to_owned(), |name| format!("{}.{function}", short_name(name)))
}
