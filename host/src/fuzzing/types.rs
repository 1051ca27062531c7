//! Arbitrary components and WIT texts as worlds.

use std::cell::Cell;

use pyo3::prelude::*;
use pyo3::types::PyModule;

use super::interpreter::attach;
use crate::guest::wasm::POINTER;
use crate::toolchain::resolve_text;
use crate::world::World;

/// Classes are made for every named type, and kept by name: after so many runs they are let go.
const CLEARED_AFTER: u32 = 1000;

thread_local! {
    static RUNS: Cell<u32> = const { Cell::new(0) };
}

/// Describe the world; it must survive being kept beside compiled code, and have the same description then.
///
/// # Panics
///
/// Where it does not.
pub fn types(data: &[u8]) {
    attach(|py| {
        clear_sometimes(py);
        let Some(world) = read(data) else { return };
        let described = describe(py, &world);
        let _ = world.print();
        if let Ok(bytes) = world.encode() {
            let kept = World::decode(&bytes).expect("a world that was written can be read");
            assert_eq!(describe(py, &kept), described);
        }
    });
}

fn read(data: &[u8]) -> Option<World> {
    if data.starts_with(b"\0asm") {
        return World::decode(data).ok();
    }
    let (resolve, id) = resolve_text("fuzz.wit", std::str::from_utf8(data).ok()?).ok()?;
    let package = resolve.worlds[id].package?;
    Some(World { resolve, package, id })
}

/// Every function: its text, and how it is called or why it is not. Sorted, as writing a world puts functions of resources
/// before those that its WIT has between them.
fn describe(py: Python<'_>, world: &World) -> Vec<String> {
    let (imports, exports) = world.interfaces(py, POINTER).expect("every WIT name has a Python name");
    let mut described = Vec::new();
    for interface in imports.iter().chain(&exports) {
        for function in &interface.functions {
            let signature = function.signature.as_ref().map(|signature| {
                (signature.name.clone(), signature.size, signature.align, signature.flat, signature.handles)
            });
            described.push(format!("{:?} {} {} {signature:?}", interface.name, function.wit, function.expanded));
        }
        described.extend(interface.classes.iter().map(|(name, _)| name.clone()));
    }
    described.sort();
    described
}

fn clear_sometimes(py: Python<'_>) {
    RUNS.set(RUNS.get() + 1);
    if !RUNS.get().is_multiple_of(CLEARED_AFTER) {
        return;
    }
    let module = PyModule::import(py, "componium._types").expect("the module exists");
    for (_, function) in module.dict() {
        if let Ok(clear) = function.getattr("cache_clear") {
            clear.call0().expect("a cache can be cleared");
        }
    }
}
