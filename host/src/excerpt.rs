//! A world alone, as WIT text: what generated bindings carry, to check components against.

use std::collections::HashSet;

use anyhow::{Context, Result};
use wit_component::WitPrinter;
use wit_parser::{InterfaceId, Resolve, Type, TypeDefKind, TypeId, TypeOwner, WorldId, WorldItem};

/// The world as WIT text with what it refers to, without documentation. Imports from WASI are left out: the host
/// provides them, so that no component is refused for them.
pub(crate) fn print(resolve: &Resolve, world: WorldId) -> Result<String> {
    let mut excerpt = resolve.clone();
    let wasi: Vec<_> = excerpt.worlds[world].imports.keys().cloned().collect();
    for key in wasi.into_iter().filter(|key| resolve.name_world_key(key).starts_with("wasi:")) {
        excerpt.worlds[world].imports.shift_remove(&key);
    }
    let kept = referred(&excerpt, world);
    for (_, package) in &mut excerpt.packages {
        package.worlds.retain(|_, id| *id == world);
        package.interfaces.retain(|_, id| kept.contains(id));
    }
    let own = excerpt.worlds[world].package.context("the world has no package")?;
    let others = excerpt.packages.iter().filter(|(id, package)| *id != own && !package.interfaces.is_empty());
    let others: Vec<_> = others.map(|(id, _)| id).collect();
    let mut printer = WitPrinter::default();
    printer.emit_docs(false).print(&excerpt, own, &others)?;
    Ok(printer.output.to_string())
}

/// The interfaces of the world's items, and those whose types they use, near and far.
fn referred(resolve: &Resolve, world: WorldId) -> HashSet<InterfaceId> {
    let mut found = HashSet::new();
    let mut open = Vec::new();
    let world = &resolve.worlds[world];
    for item in world.imports.values().chain(world.exports.values()) {
        match item {
            WorldItem::Interface { id, .. } => open.push(*id),
            WorldItem::Type { id, .. } => open.extend(used(resolve, *id)),
            WorldItem::Function(_) => {}
        }
    }
    while let Some(id) = open.pop() {
        if found.insert(id) {
            open.extend(resolve.interfaces[id].types.values().filter_map(|ty| used(resolve, *ty)));
        }
    }
    found
}

/// The interface that a type was taken from with `use`.
fn used(resolve: &Resolve, id: TypeId) -> Option<InterfaceId> {
    let TypeDefKind::Type(Type::Id(original)) = resolve.types[id].kind else { return None };
    match resolve.types[original].owner {
        TypeOwner::Interface(interface) => Some(interface),
        _ => None,
    }
}
