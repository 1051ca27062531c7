//! A contract: the world that an application expects its plugins to implement.

use std::path::PathBuf;

use pyo3::prelude::*;
use wit_parser::{Resolve, WorldId};

use crate::component::Component;
use crate::error::Error;
use crate::guest::wasm::POINTER;
use crate::toolchain;
use crate::world::{Function, Interface, World};

/// How alike two names must be for one to be offered as what was meant; 1 is equal.
const NEAR: f64 = 0.8;

/// Private: see `componium.Contract`.
#[pyclass(frozen, module = "componium._native")]
pub(crate) struct Contract {
    name: String,
    pub world: World,
    imports: Vec<Interface>,
    exports: Vec<Interface>,
}

impl Contract {
    fn of(py: Python<'_>, place: &str, resolved: anyhow::Result<(Resolve, WorldId)>) -> PyResult<Self> {
        let report = |error: anyhow::Error| Error::Toolchain(format!("cannot read {place}: {error:#}"));
        let (resolve, id) = resolved.map_err(report)?;
        let package = resolve.worlds[id].package;
        let package = package.ok_or_else(|| report(anyhow::anyhow!("the world has no package")))?;
        let name = resolve.id_of_name(package, &resolve.worlds[id].name);
        let world = World { resolve, package, id };
        let (imports, exports) = world.interfaces(py, POINTER)?;
        Ok(Self { name, world, imports, exports })
    }
}

#[pymethods]
impl Contract {
    /// Read the contract from WIT.
    #[new]
    #[pyo3(signature = (wit, world=None))]
    fn new(py: Python<'_>, wit: PathBuf, world: Option<&str>) -> PyResult<Self> {
        let place = wit.display().to_string();
        Self::of(py, &place, toolchain::resolve(&wit, world))
    }

    /// Read the contract from WIT text with a single world.
    #[staticmethod]
    fn parse(py: Python<'_>, wit: &str) -> PyResult<Self> {
        let place = "contract.wit";
        Self::of(py, place, toolchain::resolve_text(place, wit))
    }

    /// The world's full name, such as `componium:launcher/plugin@0.1.0`.
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    /// The contract as WIT text.
    #[getter]
    fn wit(&self) -> PyResult<String> {
        self.world.print().map_err(|error| Error::Toolchain(format!("{error:#}")).into())
    }

    /// Raise `ContractError` with everything that keeps `component` from implementing the contract.
    fn check(&self, component: &Component) -> PyResult<()> {
        let mut problems = Vec::new();
        for wanted in &self.exports {
            missing_exports(wanted, &component.boundary.exports, &mut problems);
        }
        for import in &component.boundary.imports {
            unknown_imports(import, &self.imports, &mut problems);
        }
        if problems.is_empty() {
            return Ok(());
        }
        let subject = format!("{} does not implement {}", component.boundary.name, self.name);
        Err(Error::Contract { subject, problems }.into())
    }
}

fn missing_exports(wanted: &Interface, exports: &[Interface], problems: &mut Vec<String>) {
    let place = place(wanted);
    let Some(found) = exports.iter().find(|interface| interface.name == wanted.name) else {
        let names = exports.iter().filter_map(|interface| interface.name.as_deref());
        let full_name = wanted.name.as_deref().unwrap_or_default();
        problems.push(format!("it does not export {place}{}", hint(full_name, names)));
        return;
    };
    for function in &wanted.functions {
        match found.functions.iter().find(|candidate| candidate.name == function.name) {
            None => {
                let names = found.functions.iter().map(|function| function.name.as_str());
                let near = hint(&function.name, names);
                problems.push(format!("{place} has no function `{}`{near}", function.name));
            }
            Some(candidate) if candidate.expanded != function.expanded => {
                problems.push(differs(&place, function, candidate));
            }
            Some(_) => {}
        }
    }
}

fn unknown_imports(import: &Interface, offered: &[Interface], problems: &mut Vec<String>) {
    if import.is_wasi() {
        return;
    }
    let place = place(import);
    let Some(found) = offered.iter().find(|interface| interface.name == import.name) else {
        let names = offered.iter().filter_map(|interface| interface.name.as_deref());
        let near = hint(import.name.as_deref().unwrap_or_default(), names);
        problems.push(format!("it imports {place}, which the contract does not offer{near}"));
        return;
    };
    for function in &import.functions {
        match found.functions.iter().find(|candidate| candidate.name == function.name) {
            None => {
                problems.push(format!("it imports `{}` of {place}, which the contract does not offer", function.name));
            }
            Some(candidate) if candidate.expanded != function.expanded => {
                problems.push(differs(&place, candidate, function));
            }
            Some(_) => {}
        }
    }
}

fn place(interface: &Interface) -> String {
    interface.name.as_ref().map_or_else(|| "the world".to_owned(), |name| format!("`{name}`"))
}

fn differs(place: &str, expected: &Function, found: &Function) -> String {
    // Where the texts by name agree, the difference is inside a named type.
    let (expected, found) =
        if expected.wit == found.wit { (&expected.expanded, &found.expanded) } else { (&expected.wit, &found.wit) };
    format!("{place}: expected `{expected}`, found `{found}`")
}

fn hint<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    let near = candidates.map(|candidate| (strsim::jaro_winkler(name, candidate), candidate));
    match near.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((likeness, candidate)) if likeness >= NEAR => format!("; did it mean `{candidate}`?"),
        _ => String::new(),
    }
}
