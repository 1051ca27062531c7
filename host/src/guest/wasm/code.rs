//! A component's compiled code: found or made, linked with what the application provides, started.

use std::sync::Arc;
use std::time::Duration;

use pyo3::prelude::*;
use wasmtime::component::{Component, ComponentExportIndex, InstancePre, Linker};

use super::state::{self, State};
use super::{abi, agreement, debugging, failure, import};
use crate::boundary::Boundary;
use crate::cache::{self, Compiled, Entry, Misfit};
use crate::call::Call;
use crate::engine::engine;
use crate::error::Error;
use crate::guest::{Callee, Guest};
use crate::host::Host;
use crate::output::{self, Output, Volume};
use crate::wasi::{self, Folder};
use crate::world::World;

/// What an instance may use, and how much of it.
pub(crate) struct Limits {
    pub folders: Vec<Folder>,
    pub environment: Vec<(String, String)>,
    pub deadline: Option<Duration>,
    pub memory: usize,
}

/// Code that is ready to be started.
pub(crate) struct Code {
    pre: InstancePre<State>,
    /// In the order of the boundary's exports.
    exports: Vec<ComponentExportIndex>,
}

/// What of a component is compiled and kept.
struct Machine {
    component: Component,
    world: World,
}

impl Compiled for Machine {
    fn compile(wasm: &[u8], name: &str) -> Result<Self, Error> {
        let world = World::decode(wasm).map_err(|error| Error::invalid(name, &error))?;
        let wasm = debugging::without_harmful(wasm);
        let component = Component::from_binary(engine(), &wasm).map_err(|error| Error::invalid(name, &error))?;
        Ok(Self { component, world })
    }

    fn parts(&self) -> Result<(Vec<u8>, Vec<u8>), Misfit> {
        Ok((self.component.serialize()?, self.world.encode()?))
    }

    fn revive(entry: &Entry) -> Result<Self, Misfit> {
        let world = World::decode(&entry.wit)?;
        let component = match entry.mappable() {
            // SAFETY: the file is what `parts` made, by its digest, and was kept for this engine, by its key; only this user
            // and root can write to it, and nothing of ours writes into an entry: they are replaced by renaming.
            Some(path) => unsafe { Component::deserialize_file(engine(), path) },
            // SAFETY: as above.
            None => unsafe { Component::deserialize(engine(), entry.code()?) },
        };
        Ok(Self { component: component?, world })
    }
}

/// Compile a component, or find its compiled code in the cache; with its world, and whether it was found.
pub(crate) fn compile(wasm: &[u8], name: &str, use_cache: bool) -> Result<(Component, World, bool), Error> {
    let (Machine { component, world }, found) =
        if use_cache { cache::load(engine(), wasm, name)? } else { (Machine::compile(wasm, name)?, false) };
    Ok((component, world, found))
}

impl Code {
    /// Link compiled code with what the application provides.
    pub(crate) fn link(compiled: &Component, boundary: &Boundary) -> Result<Self, Error> {
        agreement::check(compiled, &boundary.imports, &boundary.exports)?;
        let pre = link(compiled, boundary).map_err(|error| Error::invalid(&boundary.name, &error))?;
        let index = |interface: Option<&str>, name: &str| {
            let parent = interface.and_then(|name| compiled.get_export_index(None, name));
            compiled.get_export_index(parent.as_ref(), name)
        };
        let exports = boundary.callable.iter().map(|export| {
            let missing = || Error::InvalidComponent(format!("{} is missing", export.label));
            index(export.interface.as_deref(), &export.name).ok_or_else(missing)
        });
        Ok(Self { pre, exports: exports.collect::<Result<_, _>>()? })
    }

    /// Make an instance in a store of its own; the component's start code runs, within the deadline.
    pub(crate) fn start(
        &self,
        py: Python<'_>,
        name: &str,
        host: &Arc<Host>,
        limits: &Limits,
    ) -> PyResult<(Guest, Vec<Callee>)> {
        let volume = Volume::default();
        let output = |level| Output::new(name, level, &volume);
        let outputs = (output(output::INFO), output(output::WARNING));
        let context = wasi::context(outputs, &limits.folders, &limits.environment)?;
        let mut store = state::store(context, volume.clone(), Arc::clone(host), limits);
        let started = py.detach(|| {
            state::begin(&mut store);
            abi::run(&Call::of_no_export(host, None), || self.pre.instantiate(&mut store))
        });
        let instance =
            started.map_err(|error| failure::of(error, store.data()).into_error(&format!("{name}: instantiation")))?;
        let missing = || Error::InvalidComponent(format!("{name}: an exported function is missing"));
        let function = |index| instance.get_func(&mut store, index).map(Callee::Wasm).ok_or_else(missing);
        let callees = self.exports.iter().map(function).collect::<Result<_, _>>()?;
        Ok((Guest::Wasm(Box::new(store)), callees))
    }
}

fn link(compiled: &Component, boundary: &Boundary) -> wasmtime::Result<InstancePre<State>> {
    let mut linker = Linker::new(engine());
    wasi::link(&mut linker)?;
    for (number, resource) in (0..).zip(&boundary.host_resources) {
        import::define_resource(&mut linker, resource, number)?;
    }
    for (index, function) in boundary.host_functions.iter().enumerate() {
        import::define(&mut linker, Arc::clone(function), index)?;
    }
    linker.instantiate_pre(compiled)
}
