//! What a world's guest exports and imports at the level of core functions: names, symbols and signatures.

use anyhow::{Result, bail};
use wit_bindgen_core::abi::guest_export_needs_post_return;
use wit_parser::abi::{AbiVariant, WasmSignature, WasmType};
use wit_parser::{
    Function, FunctionKind, LiftLowerAbi, ManglingAndAbi, Resolve, ResourceIntrinsic, TypeDefKind, TypeId, WasmExport,
    WasmExportKind, WasmImport, WorldId, WorldItem, WorldKey,
};

/// The names that bindings generators use today.
const NAMES: ManglingAndAbi = ManglingAndAbi::Legacy(LiftLowerAbi::Sync);

/// What is special about a core function; docs/reference/native-abi.md, "Representations".
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Function,
    /// An export whose first parameter is a representation.
    Method,
    /// `[dtor]`, which ends the representation that it gets.
    Destructor,
    /// `[resource-new]`, which takes a representation.
    New,
    /// `[resource-rep]`, which returns one.
    Representation,
}

/// A core function that the guest exports.
pub(super) struct Export {
    pub name: String,
    pub role: Role,
    pub parameters: Vec<WasmType>,
    pub result: Option<WasmType>,
}

/// A core function that the guest imports.
pub(super) struct Import {
    pub module: String,
    pub name: String,
    pub role: Role,
    pub parameters: Vec<WasmType>,
    pub result: Option<WasmType>,
}

impl Export {
    pub(super) fn symbol(&self) -> String {
        format!("componium_export_{}", mangle(&self.name))
    }
}

impl Import {
    pub(super) fn symbol(&self) -> String {
        format!("componium_import_{}", mangle(&format!("{}#{}", self.module, self.name)))
    }
}

/// Spell a name with the characters that every linker takes.
pub(super) fn mangle(name: &str) -> String {
    use std::fmt::Write;
    name.bytes().fold(String::new(), |mut mangled, byte| {
        if byte.is_ascii_alphanumeric() {
            mangled.push(byte.into());
        } else {
            write!(mangled, "_{byte:02x}").expect("a String takes everything");
        }
        mangled
    })
}

/// The exports in the order of the world: functions with their post-returns, then the destructors of each interface.
pub(super) fn exports(resolve: &Resolve, world: WorldId) -> Result<Vec<Export>> {
    let mut found = Vec::new();
    for (key, item) in &resolve.worlds[world].exports {
        match item {
            WorldItem::Function(function) => export_function(resolve, None, function, &mut found)?,
            WorldItem::Interface { id, .. } => {
                for function in resolve.interfaces[*id].functions.values() {
                    export_function(resolve, Some(key), function, &mut found)?;
                }
                for resource in resources(resolve, resolve.interfaces[*id].types.values()) {
                    found.push(Export {
                        name: resolve.wasm_export_name(NAMES, WasmExport::ResourceDtor { interface: key, resource }),
                        role: Role::Destructor,
                        parameters: vec![WasmType::Pointer],
                        result: None,
                    });
                }
            }
            WorldItem::Type { .. } => {}
        }
    }
    Ok(found)
}

/// The imports in the order of the world: functions, then what handles to resources need, which exported ones do as well.
pub(super) fn imports(resolve: &Resolve, world: WorldId) -> Result<Vec<Import>> {
    use ResourceIntrinsic::{ExportedDrop, ExportedNew, ExportedRep, ImportedDrop};
    let mut found = Vec::new();
    for (key, item) in &resolve.worlds[world].imports {
        match item {
            WorldItem::Function(function) => found.push(import_function(resolve, None, function)?),
            WorldItem::Interface { id, .. } => {
                let interface = &resolve.interfaces[*id];
                for function in interface.functions.values() {
                    found.push(import_function(resolve, Some(key), function)?);
                }
                for resource in resources(resolve, interface.types.values()) {
                    found.push(import_intrinsic(resolve, Some(key), resource, ImportedDrop));
                }
            }
            WorldItem::Type { id, .. } => {
                for resource in resources(resolve, [id]) {
                    found.push(import_intrinsic(resolve, None, resource, ImportedDrop));
                }
            }
        }
    }
    for (key, item) in &resolve.worlds[world].exports {
        if let WorldItem::Interface { id, .. } = item {
            for resource in resources(resolve, resolve.interfaces[*id].types.values()) {
                for intrinsic in [ExportedNew, ExportedRep, ExportedDrop] {
                    found.push(import_intrinsic(resolve, Some(key), resource, intrinsic));
                }
            }
        }
    }
    Ok(found)
}

/// The types among these that define a resource.
fn resources<'a>(resolve: &Resolve, types: impl IntoIterator<Item = &'a TypeId>) -> Vec<TypeId> {
    types.into_iter().copied().filter(|id| matches!(resolve.types[*id].kind, TypeDefKind::Resource)).collect()
}

fn export_function(
    resolve: &Resolve,
    interface: Option<&WorldKey>,
    function: &Function,
    found: &mut Vec<Export>,
) -> Result<()> {
    let signature = signature(resolve, AbiVariant::GuestExport, function)?;
    let name = |kind| resolve.wasm_export_name(NAMES, WasmExport::Func { interface, func: function, kind });
    let is_method = matches!(function.kind, FunctionKind::Method(_)) && !signature.indirect_params;
    found.push(Export {
        name: name(WasmExportKind::Normal),
        role: if is_method { Role::Method } else { Role::Function },
        result: signature.results.first().copied(),
        parameters: signature.params,
    });
    if guest_export_needs_post_return(resolve, function) {
        let parameters = vec![WasmType::Pointer];
        found.push(Export { name: name(WasmExportKind::PostReturn), role: Role::Function, parameters, result: None });
    }
    Ok(())
}

fn import_function(resolve: &Resolve, interface: Option<&WorldKey>, function: &Function) -> Result<Import> {
    let signature = signature(resolve, AbiVariant::GuestImport, function)?;
    let (module, name) = resolve.wasm_import_name(NAMES, WasmImport::Func { interface, func: function });
    let result = signature.results.first().copied();
    Ok(Import { module, name, role: Role::Function, parameters: signature.params, result })
}

fn import_intrinsic(
    resolve: &Resolve,
    interface: Option<&WorldKey>,
    resource: TypeId,
    intrinsic: ResourceIntrinsic,
) -> Import {
    use WasmType::{I32, Pointer};
    let (role, parameter, result) = match intrinsic {
        ResourceIntrinsic::ImportedDrop | ResourceIntrinsic::ExportedDrop => (Role::Function, I32, None),
        ResourceIntrinsic::ExportedNew => (Role::New, Pointer, Some(I32)),
        ResourceIntrinsic::ExportedRep => (Role::Representation, I32, Some(Pointer)),
    };
    let import = WasmImport::ResourceIntrinsic { interface, resource, intrinsic };
    let (module, name) = resolve.wasm_import_name(NAMES, import);
    Import { module, name, role, parameters: vec![parameter], result }
}

fn signature(resolve: &Resolve, variant: AbiVariant, function: &Function) -> Result<WasmSignature> {
    use FunctionKind::{Constructor, Freestanding, Method, Static};
    if !matches!(function.kind, Freestanding | Constructor(_) | Method(_) | Static(_)) {
        bail!("`{}` has no native form: asynchronous functions cannot be called yet", function.name);
    }
    Ok(resolve.wasm_signature(variant, function))
}
