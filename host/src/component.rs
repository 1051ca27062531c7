//! A loaded component: compiled, described, ready to be instantiated.

use std::sync::Arc;
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::PyString;
use wasmtime::component::{Component as Compiled, InstancePre, Linker};

use crate::agreement;
use crate::cache::{Entry, Slot};
use crate::classes;
use crate::engine::engine;
use crate::error::Error;
use crate::export::{Export, callable};
use crate::host::Host;
use crate::host_function::{self, HostFunction};
use crate::instance::Instance;
use crate::resource::{Member, MemberKind, Origin, Resource, ResourceType};
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
    host_resources: Vec<Arc<Resource>>,
    pre: InstancePre<State>,
}

/// An interface as Python sees it: name, functions, classes of its named types.
type Description = (Option<String>, Vec<FunctionDescription>, Vec<(String, Py<PyAny>)>);
/// A function that the application provides: interface, Python name, (class, kind) for one of a resource, parameters, WIT.
type HostFunctionDescription = (Option<String>, String, Option<(String, &'static str)>, Vec<Py<PyString>>, String);
/// WIT name, Python name, WIT text, docs, why it cannot be called.
type FunctionDescription = (String, Option<String>, String, Option<String>, Option<String>);

#[pymethods]
impl Component {
    /// Compile a component, or find its compiled code in the cache.
    #[new]
    fn new(py: Python<'_>, wasm: &[u8], name: String, cache: bool) -> PyResult<Self> {
        let (compiled, world, cached) = py.detach(|| load(wasm, &name, cache))?;
        let (imports, exports) = world.interfaces(py)?;
        agreement::check(&compiled, &imports, &exports)?;
        let host_functions = host_functions(py, &name, &imports)?;
        let host_resources = host_resources(&imports);
        let pre = link(&compiled, &host_functions, &host_resources).map_err(|error| invalid(&name, &error))?;
        let callable = callable(&compiled, &exports).into();
        Ok(Self { name, cached, world, imports, exports, callable, host_functions, host_resources, pre })
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

    /// The functions that the application provides, in the order `instantiate` takes them.
    fn host_functions(&self, py: Python<'_>) -> PyResult<Vec<HostFunctionDescription>> {
        let describe = |function: &Arc<HostFunction>| {
            let member = match &function.member {
                Some(member) => Some((classes::pascal_case(py, &member.resource.name)?, member.kind.word())),
                None => None,
            };
            let parameters = function.signature.parameters.iter().map(|parameter| parameter.name.clone_ref(py));
            let (interface, name) = (function.interface.clone(), function.signature.name.clone());
            Ok((interface, name, member, parameters.collect(), function.wit.clone()))
        };
        self.host_functions.iter().map(describe).collect()
    }

    /// The resources that the application provides, in the order `instantiate` takes their classes.
    fn host_resources(&self, py: Python<'_>) -> PyResult<Vec<(Option<String>, String)>> {
        let describe =
            |resource: &Arc<Resource>| Ok((resource.interface.clone(), classes::pascal_case(py, &resource.name)?));
        self.host_resources.iter().map(describe).collect()
    }

    /// The resources that the component exports: interface, Python name, and the key to their class in an instance.
    fn resources(&self, py: Python<'_>) -> PyResult<Vec<(Option<String>, String, ResourceType)>> {
        let describe = |resource: &Arc<Resource>| {
            let name = classes::pascal_case(py, &resource.name)?;
            Ok((resource.interface.clone(), name, ResourceType(Arc::clone(resource))))
        };
        self.exports.iter().flat_map(|interface| &interface.resources).map(describe).collect()
    }

    /// Make an instance in a store of its own; `imports` are the functions and the classes that the application
    /// provides, and whether it wants lists of numbers as buffers.
    fn instantiate(
        &self,
        py: Python<'_>,
        imports: (Vec<Py<PyAny>>, Vec<Py<PyAny>>, bool),
        folders: Vec<Folder>,
        environment: Vec<(String, String)>,
        deadline: Option<f64>,
        memory: usize,
    ) -> PyResult<Instance> {
        let wasi = wasi::context(&folders, &environment)?;
        let host = Arc::new(Host::new(imports.0, imports.1, imports.2));
        let store = state::store(wasi, host, memory, deadline.map(Duration::from_secs_f64));
        let resources = self.exports.iter().map(|interface| interface.resources.len()).sum();
        Instance::new(py, self.name.clone(), Arc::clone(&self.callable), resources, store, &self.pre)
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

/// The application's imports: all but WASI's, which the host always provides.
fn application(imports: &[Interface]) -> impl Iterator<Item = &Interface> {
    imports.iter().filter(|interface| !interface.is_wasi())
}

fn host_functions(py: Python<'_>, component: &str, imports: &[Interface]) -> PyResult<Vec<Arc<HostFunction>>> {
    let mut found = Vec::new();
    for interface in application(imports) {
        for function in &interface.functions {
            let label = label(interface.name.as_deref(), &function.name);
            let signature = function.signature.clone();
            let signature =
                signature.map_err(|reason| Error::Unsupported(format!("{component} imports {label}: {reason}")))?;
            let is_method = |member: &&Member| member.kind == MemberKind::Method;
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

/// In the order of their numbers.
fn host_resources(imports: &[Interface]) -> Vec<Arc<Resource>> {
    let mut found: Vec<_> = application(imports).flat_map(|interface| &interface.resources).map(Arc::clone).collect();
    found.sort_by_key(|resource| match resource.origin {
        Origin::Host(number) => number as usize,
        Origin::Guest(number) => number,
    });
    found
}

fn link(
    compiled: &Compiled,
    functions: &[Arc<HostFunction>],
    resources: &[Arc<Resource>],
) -> wasmtime::Result<InstancePre<State>> {
    let mut linker = Linker::new(engine());
    wasi::link(&mut linker)?;
    for (number, resource) in (0..).zip(resources) {
        host_function::define_resource(&mut linker, resource, number)?;
    }
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
