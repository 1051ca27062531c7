//! A loaded component: compiled, described, ready to be instantiated.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::boundary::{Boundary, by_number};
use crate::classes;
use crate::contract::Contract;
use crate::dispatcher::Dispatcher;
use crate::error::Error;
use crate::failure::Failure;
use crate::guest::{Callee, Code, Guest, Line, Peer, native, wasm};
use crate::host::Host;
use crate::instance::{Instance, nested};
use crate::resource::{Member, Resource, ResourceType};
use crate::signature::Signature;
use crate::stack;
use crate::wasi::Folder;
use crate::wire;
use crate::world::{Interface, World};

/// Private: see `componium.Component`.
#[pyclass(frozen, module = "componium._native")]
pub(crate) struct Component {
    pub boundary: Boundary,
    cached: bool,
    code: Code,
}

/// What the application provides: functions, classes of resources, and whether lists of numbers become buffers.
type Imports = (Vec<Py<PyAny>>, Vec<Py<PyAny>>, bool);
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
        let (compiled, world, cached) = py.detach(|| wasm::compile(wasm, &name, cache))?;
        let boundary = Boundary::new(py, name, world, wasm::POINTER)?;
        let code = Code::Wasm(wasm::Code::link(&compiled, &boundary)?);
        Ok(Self { boundary, cached, code })
    }

    /// Read the world of the native plugin at `path`, of which nothing is run.
    #[staticmethod]
    fn native(py: Python<'_>, path: PathBuf, name: String) -> PyResult<Self> {
        let (file, digest, world) = py.detach(|| native::read(&path, &name))?;
        let boundary = Boundary::new(py, name, world, native::POINTER)?;
        let code = Code::Native(native::Code::new(file, digest, &boundary));
        Ok(Self { boundary, cached: false, code })
    }

    /// A plugin that is Python code, and implements `contract`.
    #[staticmethod]
    fn python(py: Python<'_>, contract: &Contract, name: String) -> PyResult<Self> {
        Self::at_wire(py, name, &contract.world, "python")
    }

    /// The same component, whose guest is at the other end of a wire.
    fn wired(&self, py: Python<'_>) -> PyResult<Self> {
        Self::at_wire(py, self.boundary.name.clone(), &self.boundary.world, self.code.kind())
    }

    /// The same component as its guest sees it, at the other end of a wire: what is imported is called, what is exported is
    /// provided.
    fn mirrored(&self, py: Python<'_>) -> PyResult<Self> {
        let boundary = self.boundary.mirrored(py, wire::POINTER)?;
        Ok(Self { boundary, cached: false, code: Code::Wire(self.code.kind()) })
    }

    /// What errors call the component.
    #[getter]
    fn name(&self) -> &str {
        &self.boundary.name
    }

    /// What kind of guest it is.
    #[getter]
    fn kind(&self) -> &'static str {
        self.code.kind()
    }

    /// Whether compiled code was found in the cache.
    #[getter]
    fn cached(&self) -> bool {
        self.cached
    }

    /// The component's world as WIT text.
    #[getter]
    fn wit(&self) -> PyResult<String> {
        self.boundary.world.print().map_err(|error| Error::invalid(&self.boundary.name, &error).into())
    }

    /// What the component imports.
    fn imports(&self, py: Python<'_>) -> Vec<Description> {
        self.boundary.imports.iter().map(|interface| describe(py, interface)).collect()
    }

    /// What the component exports.
    fn exports(&self, py: Python<'_>) -> Vec<Description> {
        self.boundary.exports.iter().map(|interface| describe(py, interface)).collect()
    }

    /// The functions that the application provides, in the order `instantiate` takes them.
    fn host_functions(&self, py: Python<'_>) -> PyResult<Vec<HostFunctionDescription>> {
        let functions = self.boundary.host_functions.iter();
        functions
            .map(|each| provided(py, each.interface.as_deref(), &each.signature, each.member.as_ref(), &each.wit))
            .collect()
    }

    /// The functions that the guest provides, in the order in which a `Dispatcher` takes them.
    fn guest_functions(&self, py: Python<'_>) -> PyResult<Vec<HostFunctionDescription>> {
        let functions = self.boundary.callable.iter();
        functions
            .map(|each| provided(py, each.interface.as_deref(), &each.signature, each.member.as_ref(), &each.wit))
            .collect()
    }

    /// The resources that the guest provides, in the order in which a `Dispatcher` takes their classes.
    fn guest_resources(&self, py: Python<'_>) -> PyResult<Vec<(Option<String>, String)>> {
        let resources = self.resources(py)?;
        Ok(resources.into_iter().map(|(interface, name, _)| (interface, name)).collect())
    }

    /// The resources that the application provides, in the order `instantiate` takes their classes.
    fn host_resources(&self, py: Python<'_>) -> PyResult<Vec<(Option<String>, String)>> {
        let describe =
            |resource: &Arc<Resource>| Ok((resource.interface.clone(), classes::pascal_case(py, &resource.name)?));
        self.boundary.host_resources.iter().map(describe).collect()
    }

    /// The resources that the component exports, by number: interface, Python name, and the key to their class in an
    /// instance.
    fn resources(&self, py: Python<'_>) -> PyResult<Vec<(Option<String>, String, ResourceType)>> {
        let describe = |resource: &Arc<Resource>| {
            let name = classes::pascal_case(py, &resource.name)?;
            Ok((resource.interface.clone(), name, ResourceType(Arc::clone(resource))))
        };
        by_number(self.boundary.exports.iter()).iter().map(describe).collect()
    }

    /// Start a sandboxed guest; `imports` are the functions and the classes that the application provides, and whether it
    /// wants lists of numbers as buffers.
    fn instantiate(
        &self,
        py: Python<'_>,
        imports: Imports,
        folders: Vec<Folder>,
        environment: Vec<(String, String)>,
        deadline: Option<f64>,
        memory: usize,
    ) -> PyResult<Instance> {
        let Code::Wasm(code) = &self.code else { return Err(self.other_kind("instantiate")) };
        let limits = wasm::Limits { folders, environment, deadline: deadline.map(Duration::from_secs_f64), memory };
        self.start(imports, |host| code.start(py, &self.boundary.name, host, &limits))
    }

    /// Start a native guest in this process, where nothing limits it.
    fn instantiate_native(&self, py: Python<'_>, imports: Imports) -> PyResult<Instance> {
        let Code::Native(code) = &self.code else { return Err(self.other_kind("instantiate_native")) };
        self.start(imports, |host| code.start(py, &self.boundary.name, host))
    }

    /// Make an instance whose guest is at the other end of a wire: `connect` takes the `Dispatcher` that calls what is
    /// imported, and returns the `componium._wire.Peer`.
    fn connect(&self, py: Python<'_>, imports: Imports, connect: &Bound<'_, PyAny>) -> PyResult<Instance> {
        let Code::Wire(_) = &self.code else { return Err(self.other_kind("connect")) };
        self.start(imports, |host| {
            let line = Arc::new(Line::default());
            let dispatcher = Dispatcher::of_application(&self.boundary, host, Arc::clone(&line));
            let dispatcher = Bound::new(py, dispatcher)?;
            let place = format!("{}: instantiation", self.boundary.name);
            let raised = |error| Failure::Raised { error, frames: Vec::new() }.into_error(&place);
            let peer = line.during(|| connect.call1((dispatcher,))).map_err(raised)??;
            let callees = (0..self.boundary.callable.len()).map(Callee::Wire).collect();
            Ok((Guest::Wire(Peer::new(&peer, line)?), callees))
        })
    }
}

impl Component {
    /// An instance of the guest that `start` makes.
    fn start(
        &self,
        imports: Imports,
        start: impl FnOnce(&Arc<Host>) -> PyResult<(Guest, Vec<Callee>)>,
    ) -> PyResult<Instance> {
        if !stack::has_room() {
            return Err(nested(&self.boundary.name));
        }
        let host = Arc::new(Host::new(imports.0, imports.1, imports.2));
        let started = start(&host)?;
        let resources = self.boundary.exports.iter().map(|interface| interface.resources.len()).sum();
        let (name, exports) = (self.boundary.name.clone(), Arc::clone(&self.boundary.callable));
        Ok(Instance::new(name, exports, resources, started, host))
    }

    fn other_kind(&self, method: &str) -> PyErr {
        PyTypeError::new_err(format!("{method}() is not for components of the kind {}", self.code.kind()))
    }

    fn at_wire(py: Python<'_>, name: String, world: &World, kind: &'static str) -> PyResult<Self> {
        let boundary = Boundary::new(py, name, world.clone(), wire::POINTER)?;
        Ok(Self { boundary, cached: false, code: Code::Wire(kind) })
    }
}

/// Describe a function that one side provides to the other.
fn provided(
    py: Python<'_>,
    interface: Option<&str>,
    signature: &Signature,
    member: Option<&Member>,
    wit: &str,
) -> PyResult<HostFunctionDescription> {
    let member = match member {
        Some(member) => Some((classes::pascal_case(py, &member.resource.name)?, member.kind.word())),
        None => None,
    };
    let parameters = signature.parameters.iter().map(|parameter| parameter.name.clone_ref(py));
    Ok((interface.map(str::to_owned), signature.name.clone(), member, parameters.collect(), wit.to_owned()))
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
