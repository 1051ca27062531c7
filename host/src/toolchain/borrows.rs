//! Which functions of a world borrow resources in a way that native C bindings cannot express.

use anyhow::{Result, bail};
use wit_parser::{Function, Handle, Resolve, Type, TypeDefKind, TypeId, WorldId, WorldItem};

/// Refuse what C structures cannot hold: a borrowed resource takes 4 bytes in a list's memory, where the bindings' structure
/// has a pointer. Lists of nothing else are converted.
pub(super) fn check(resolve: &Resolve, world: WorldId) -> Result<()> {
    let owned: Vec<TypeId> = resolve.worlds[world].exports.values().flat_map(|item| defined(resolve, item)).collect();
    for item in resolve.worlds[world].exports.values() {
        for function in functions(resolve, item) {
            for parameter in &function.params {
                if has_mixed_list(resolve, &owned, parameter.ty) {
                    bail!(
                        "`{}` has no native form in C: its parameter `{}` is a list of values that contain a borrowed \
                         resource of the plugin. Take a list of the borrowed resources alone, or write the plugin in Rust.",
                        function.name,
                        parameter.name
                    );
                }
            }
        }
    }
    Ok(())
}

fn functions<'a>(resolve: &'a Resolve, item: &'a WorldItem) -> Vec<&'a Function> {
    match item {
        WorldItem::Interface { id, .. } => resolve.interfaces[*id].functions.values().collect(),
        WorldItem::Function(function) => vec![function],
        WorldItem::Type { .. } => Vec::new(),
    }
}

fn defined(resolve: &Resolve, item: &WorldItem) -> Vec<TypeId> {
    let WorldItem::Interface { id, .. } = item else { return Vec::new() };
    let types = resolve.interfaces[*id].types.values().copied();
    types.filter(|id| matches!(resolve.types[*id].kind, TypeDefKind::Resource)).collect()
}

fn has_mixed_list(resolve: &Resolve, owned: &[TypeId], ty: Type) -> bool {
    let Type::Id(id) = ty else { return false };
    match &resolve.types[id].kind {
        TypeDefKind::List(element) if is_borrow(resolve, owned, *element) => false,
        TypeDefKind::List(element) => contains_borrow(resolve, owned, *element),
        kind => parts(kind).into_iter().any(|part| has_mixed_list(resolve, owned, part)),
    }
}

fn contains_borrow(resolve: &Resolve, owned: &[TypeId], ty: Type) -> bool {
    let Type::Id(id) = ty else { return false };
    let inside = || parts(&resolve.types[id].kind).into_iter().any(|part| contains_borrow(resolve, owned, part));
    is_borrow(resolve, owned, ty) || inside()
}

fn is_borrow(resolve: &Resolve, owned: &[TypeId], ty: Type) -> bool {
    let Type::Id(id) = ty else { return false };
    match resolve.types[id].kind {
        TypeDefKind::Type(inner) => is_borrow(resolve, owned, inner),
        TypeDefKind::Handle(Handle::Borrow(resource)) => owned.contains(&definition(resolve, resource)),
        _ => false,
    }
}

/// The definition behind a name that was taken with `use`.
fn definition(resolve: &Resolve, id: TypeId) -> TypeId {
    match resolve.types[id].kind {
        TypeDefKind::Type(Type::Id(inner)) => definition(resolve, inner),
        _ => id,
    }
}

/// The types that a type is made of.
fn parts(kind: &TypeDefKind) -> Vec<Type> {
    match kind {
        TypeDefKind::Record(record) => record.fields.iter().map(|field| field.ty).collect(),
        TypeDefKind::Tuple(tuple) => tuple.types.clone(),
        TypeDefKind::Variant(variant) => variant.cases.iter().filter_map(|case| case.ty).collect(),
        TypeDefKind::Result(result) => [result.ok, result.err].into_iter().flatten().collect(),
        TypeDefKind::Option(inner) | TypeDefKind::List(inner) | TypeDefKind::Type(inner) => vec![*inner],
        _ => Vec::new(),
    }
}
