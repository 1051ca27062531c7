//! A library that was read and found to be a plugin, ready to be loaded for each instance.

use std::io;
use std::path::Path;
use std::sync::Arc;

use pyo3::prelude::*;

use super::library::{self, Library};
use super::names::Names;
use super::{Native, inspect};
use crate::boundary::Boundary;
use crate::error::Error;
use crate::guest::{Callee, Guest};
use crate::host::Host;
use crate::host_function::HostFunction;
use crate::world::World;

/// A plugin's file, and what must be in it.
pub(crate) struct Code {
    /// As it was when its world was read: what is at its path now may be another plugin.
    pub(super) file: Vec<u8>,
    pub(super) digest: String,
    pub(super) names: Names,
    pub(super) host_functions: Arc<[Arc<HostFunction>]>,
}

/// The file of a plugin, its digest, and its world.
type Read = (Vec<u8>, String, World);

/// Read the plugin at `path`, of which nothing is run.
pub(crate) fn read(path: &Path, name: &str) -> PyResult<Read> {
    let absent = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    let file = std::fs::read(path).map_err(absent)?;
    let (digest, world) = check(&file).map_err(|problem| Error::invalid_plugin(name, &problem))?;
    Ok((file, digest, world))
}

fn check(file: &[u8]) -> Result<(String, World), String> {
    let no_library = "it is no shared library (ELF, Mach-O or PE)";
    let (image, header) = inspect::read(file).ok_or(no_library)??;
    image.check()?;
    header.check()?;
    let world = World::decode(header.world).map_err(|error| format!("its world cannot be read: {error:#}"))?;
    Ok((header.digest(), world))
}

impl Code {
    pub(crate) fn new(file: Vec<u8>, digest: String, boundary: &Boundary) -> Self {
        let host_functions = Arc::clone(&boundary.host_functions);
        Self { file, digest, names: Names::of(boundary), host_functions }
    }

    /// Load a copy of the library, whose constructors run, and start it.
    pub(crate) fn start(&self, py: Python<'_>, name: &str, host: &Arc<Host>) -> PyResult<(Guest, Vec<Callee>)> {
        let loaded = py.detach(|| {
            let file = library::copy(&self.file)?;
            Ok::<_, PyErr>(Library::load(self, file, host).map(|(library, functions)| (Native(library), functions)))
        });
        let (native, functions) = loaded?.map_err(|problem| Error::invalid_plugin(name, &problem))?;
        Ok((Guest::Native(Box::new(native)), functions.into_iter().map(Callee::Native).collect()))
    }
}
