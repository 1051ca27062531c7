//! What a component imports and exports, with the names and words of its WIT.

use std::sync::Arc;

use anyhow::{Context, Result};
use pyo3::prelude::*;
use wit_component::{DecodedWasm, WitPrinter};
use wit_parser::{FunctionKind, InterfaceId, PackageId, Resolve, TypeId, WorldId, WorldItem, WorldKey};

use crate::signature::{self, Signature};
use crate::{classes, text};

/// The WIT of a component: a package with one world.
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
}

/// Functions that are imported or exported together; the world's own functions have no interface name.
pub(crate) struct Interface {
    pub name: Option<String>,
    pub functions: Vec<Function>,
    /// The Python classes of its named types, by their Python names.
    pub classes: Vec<(String, Py<PyAny>)>,
    /// Whether the interface defines resources, which hosts cannot provide yet.
    pub resources: bool,
}

impl Interface {
    /// Whether the interface is WASI's, which the host always provides.
    pub(crate) fn is_wasi(&self) -> bool {
        self.name.as_deref().is_some_and(|name| name.starts_with("wasi:"))
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

    /// The world as WIT text.
    pub(crate) fn print(&self) -> Result<String> {
        let mut printer = WitPrinter::default();
        let others = self.resolve.packages.iter().map(|(id, _)| id).filter(|id| *id != self.package);
        printer.print(&self.resolve, self.package, &others.collect::<Vec<_>>())?;
        Ok(printer.output.to_string())
    }

    /// The imports and the exports, in the order of the world.
    pub(crate) fn interfaces(&self, py: Python<'_>) -> PyResult<(Vec<Interface>, Vec<Interface>)> {
        let world = &self.resolve.worlds[self.id];
        let mut types = signature::Types::new(&self.resolve);
        Ok((self.side(py, &mut types, &world.imports)?, self.side(py, &mut types, &world.exports)?))
    }

    fn side<'a>(
        &'a self,
        py: Python<'_>,
        types: &mut signature::Types<'a>,
        items: impl IntoIterator<Item = (&'a WorldKey, &'a WorldItem)>,
    ) -> PyResult<Vec<Interface>> {
        let mut own = Interface { name: None, functions: Vec::new(), classes: Vec::new(), resources: false };
        let mut interfaces = Vec::new();
        for (key, item) in items {
            match item {
                WorldItem::Interface { id, .. } => interfaces.push(self.interface(py, types, key, *id)?),
                WorldItem::Function(function) => own.functions.push(self.function(py, types, function)?),
                WorldItem::Type { .. } => {}
            }
        }
        if !own.functions.is_empty() {
            interfaces.insert(0, own);
        }
        Ok(interfaces)
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
        let is_resource = |id: &TypeId| matches!(self.resolve.types[*id].kind, wit_parser::TypeDefKind::Resource);
        Ok(Interface {
            name: Some(self.resolve.name_world_key(key)),
            functions: interface
                .functions
                .values()
                .map(|function| self.function(py, types, function))
                .collect::<PyResult<_>>()?,
            classes,
            resources: interface.types.values().any(is_resource),
        })
    }

    fn function<'a>(
        &'a self,
        py: Python<'_>,
        types: &mut signature::Types<'a>,
        function: &'a wit_parser::Function,
    ) -> PyResult<Function> {
        let signature = match &function.kind {
            FunctionKind::Freestanding => types.signature(py, function)?.map(Arc::new),
            _ => Err("methods of resources and asynchronous functions cannot be called yet".to_owned()),
        };
        Ok(Function {
            name: function.name.clone(),
            wit: text::function(&self.resolve, function, text::Names::Kept),
            expanded: text::function(&self.resolve, function, text::Names::Expanded),
            docs: function.docs.contents.clone(),
            signature,
        })
    }
}

/// The last part of an interface's name: `runner` of `componium:launcher/runner@0.1.0`.
fn short_name(interface: &str) -> &str {
    let name = interface.rsplit_once('/').map_or(interface, |(_, name)| name);
    name.split_once('@').map_or(name, |(name, _)| name)
}

/// What errors call a function: `runner.handle`.
pub(crate) fn label(interface: Option<&str>, function: &str) -> String {
    interface.map_or_else(|| function.to_owned(), |name| format!("{}.{function}", short_name(name)))
}
