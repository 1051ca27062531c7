//! A loaded component: compiled, described, ready to be instantiated.

use std::sync::Arc;
use std::time::Duration;

use pyo3::prelude::*;
use wasmtime::component::{Component as Compiled, InstancePre, Linker};

use crate::cache::{Entry, Slot};
use crate::engine::engine;
use crate::error::Error;
use crate::export::{Export, callable};
use crate::host_function::{self, HostFunction};
use crate::instance::Instance;
use crate::state::{self, State};
use crate::wasi::{self, Folder};
use crate::world::{Interface, World, label};

/// Private: see `componium.Component`.
#[pyclass(frozen, module = "componium._native")]
pub(crate) struct Component {
    /// What errors call the component.
    pub name: String,
    cached: bool,
    world: World,
    pub imports: Vec<Interface>,
    pub exports: Vec<Interface>,
    callable: Arc<[Arc<Export>]>,
    host_functions: Vec<Arc<HostFunction>>,
    pre: InstancePre<State>,
}

/// An interface as Python sees it: name, functions, classes of its named types.
type Description = (Option<String>, Vec<FunctionDescription>, Vec<(String, Py<PyAny>)>);
/// WIT name, Python name, WIT text, docs, why it cannot be called.
type FunctionDescription = (String, Option<String>, String, Option<String>, Option<String>);

#[pymethods]
impl Component {
    /// Compile a component, or find its compiled code in the cache.
    #[new]
    fn new(py: Python<'_>, wasm: &[u8], name: String, cache: bool) -> PyResult<Self> {
        let (compiled, world, cached) = py.detach(|| load(wasm, &name, cache))?;
        let (imports, exports) = world.interfaces(py)?;
        let host_functions = host_functions(&name, &imports)?;
        let pre = link(&compiled, &host_functions).map_err(|error| invalid(&name, &error))?;
        let callable = callable(&compiled, &exports).into();
        Ok(Self { name, cached, world, imports, exports, callable, host_functions, pre })
    }

    /// Whether compiled code was found in the cache.
    #[getter]
    fn cached(&self) -> bool {
        self.cached
    }

    /// The component's world as WIT text.
    #[getter]
    fn wit(&self) -> PyResult<String> {
        self.world.print().map_err(|error| invalid(&self.name, &error))
    }

    /// What the component imports.
    fn imports(&self, py: Python<'_>) -> Vec<Description> {
        self.imports.iter().map(|interface| describe(py, interface)).collect()
    }

    /// What the component exports.
    fn exports(&self, py: Python<'_>) -> Vec<Description> {
        self.exports.iter().map(|interface| describe(py, interface)).collect()
    }

    /// The functions that the application provides, in the order `instantiate` takes them: (interface, Python name).
    fn host_functions(&self) -> Vec<(Option<String>, String)> {
        self.host_functions
            .iter()
            .map(|function| (function.interface.clone(), function.signature.name.clone()))
            .collect()
    }

    /// Make an instance in a store of its own.
    fn instantiate(
        &self,
        functions: Vec<Py<PyAny>>,
        folders: Vec<Folder>,
        environment: Vec<(String, String)>,
        deadline: Option<f64>,
        memory: usize,
    ) -> PyResult<Instance> {
        let wasi = wasi::context(&folders, &environment)?;
        let store = state::store(wasi, functions, memory, deadline.map(Duration::from_secs_f64));
        Instance::new(self.name.clone(), Arc::clone(&self.callable), store, &self.pre)
    }
}

fn invalid(name: &str, error: &impl std::fmt::Display) -> PyErr {
    Error::InvalidComponent(format!("{name} is not a component that can be loaded: {error:#}")).into()
}

fn load(wasm: &[u8], name: &str, use_cache: bool) -> PyResult<(Compiled, World, bool)> {
    let slot = if use_cache { Slot::of(engine(), wasm) } else { None };
    if let Some((compiled, world)) = slot.as_ref().and_then(Slot::get).and_then(revive) {
        return Ok((compiled, world, true));
    }
    let world = World::decode(wasm).map_err(|error| invalid(name, &error))?;
    let compiled = Compiled::from_binary(engine(), wasm).map_err(|error| invalid(name, &error))?;
    if let Some(slot) = slot
        && let (Ok(wit), Ok(code)) = (world.encode(), compiled.serialize())
    {
        slot.put(&wit, &code);
    }
    Ok((compiled, world, false))
}

/// A component from its cache entry; `None` where it does not fit this version.
fn revive(entry: Entry) -> Option<(Compiled, World)> {
    let world = World::decode(&entry.wit).ok()?;
    // SAFETY: `Slot::put` wrote this code as `Component::serialize` made it, into a folder that only this user can write
    // to, and `Slot::get` has compared its digest; wasmtime checks version and configuration. The file is mapped: nothing
    // writes into it, as entries are replaced by renaming.
    let compiled = unsafe { Compiled::deserialize_file(engine(), &entry.code) }.ok()?;
    Some((compiled, world))
}

fn host_functions(component: &str, imports: &[Interface]) -> PyResult<Vec<Arc<HostFunction>>> {
    let mut found = Vec::new();
    for interface in imports.iter().filter(|interface| !interface.is_wasi()) {
        if interface.resources {
            let name = interface.name.as_deref().unwrap_or_default();
            let message = format!("{component} imports {name}: applications cannot provide resources yet");
            return Err(Error::Unsupported(message).into());
        }
        for function in &interface.functions {
            let label = label(interface.name.as_deref(), &function.name);
            let signature = function.signature.clone();
            let signature =
                signature.map_err(|reason| Error::Unsupported(format!("{component} imports {label}: {reason}")))?;
            let (interface, name) = (interface.name.clone(), function.name.clone());
            found.push(Arc::new(HostFunction { interface, name, label, signature }));
        }
    }
    Ok(found)
}

fn link(compiled: &Compiled, functions: &[Arc<HostFunction>]) -> wasmtime::Result<InstancePre<State>> {
    let mut linker = Linker::new(engine());
    wasi::link(&mut linker)?;
    for (index, function) in functions.iter().enumerate() {
        host_function::define(&mut linker, Arc::clone(function), index)?;
    }
    linker.instantiate_pre(compiled)
}

fn describe(py: Python<'_>, interface: &Interface) -> Description {
    let functions = interface.functions.iter().map(|function| {
        let signature = function.signature.as_ref();
        let (name, reason) = (signature.ok().map(|signature| signature.name.clone()), signature.err().cloned());
        (function.name.clone(), name, function.wit.clone(), function.docs.clone(), reason)
    });
    let classes = interface.classes.iter().map(|(name, class)| (name.clone(), class.clone_ref(py)));
    (interface.name.clone(), functions.collect(), classes.collect())
}
