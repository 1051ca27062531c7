//! Whether the types that the bridge reads and writes by are those that wasmtime runs by.
//!
//! Signatures are made from what `wit-component` decodes; wasmtime parses the component by itself. The bridge's safety
//! rests on both seeing the same, so that is checked once, when a component is loaded.

use wasmtime::Engine;
use wasmtime::component::Component;
use wasmtime::component::types::{ComponentFunc, ComponentItem, Type as Run};

use crate::error::Error;
use crate::signature::Signature;
use crate::types::{Kind, Type};
use crate::world::{Interface, label};

/// Check every function that can be called, in either direction.
pub(super) fn check(component: &Component, imports: &[Interface], exports: &[Interface]) -> Result<(), Error> {
    let (engine, ty) = (component.engine(), component.component_type());
    let own = imports.iter().filter(|interface| !interface.is_wasi());
    check_side(engine, own, |name| ty.get_import(engine, name).map(|found| found.ty))?;
    check_side(engine, exports, |name| ty.get_export(engine, name).map(|found| found.ty))
}

fn check_side<'a>(
    engine: &Engine,
    interfaces: impl IntoIterator<Item = &'a Interface>,
    find: impl Fn(&str) -> Option<ComponentItem>,
) -> Result<(), Error> {
    for interface in interfaces {
        let instance = interface.name.as_deref().and_then(&find);
        for function in &interface.functions {
            let Ok(signature) = &function.signature else { continue };
            let item = match (&interface.name, &instance) {
                (None, _) => find(&function.name),
                (Some(_), Some(ComponentItem::ComponentInstance(instance))) => {
                    instance.get_export(engine, &function.name).map(|found| found.ty)
                }
                _ => None,
            };
            if !matches!(item, Some(ComponentItem::ComponentFunc(ty)) if agree(signature, &ty)) {
                let function = label(interface.name.as_deref(), &function.name);
                return Err(Error::InvalidComponent(format!("the type of {function} cannot be told for certain")));
            }
        }
    }
    Ok(())
}

fn agree(signature: &Signature, ty: &ComponentFunc) -> bool {
    let parameters: Vec<_> = ty.params().map(|(_, ty)| ty).collect();
    let results: Vec<_> = ty.results().collect();
    !ty.async_()
        && all(signature.parameters.iter().map(|parameter| &parameter.element.ty), parameters)
        && all(&signature.result, results)
}

/// Whether both have as many types, each the same.
fn all<'a>(
    read: impl IntoIterator<Item = &'a Type, IntoIter: ExactSizeIterator>,
    run: impl IntoIterator<Item = Run, IntoIter: ExactSizeIterator>,
) -> bool {
    let (read, run) = (read.into_iter(), run.into_iter());
    read.len() == run.len() && read.zip(run).all(|(read, run)| same(read, &run))
}

fn optional(read: Option<&Type>, run: Option<&Run>) -> bool {
    match (read, run) {
        (Some(read), Some(run)) => same(read, run),
        (None, None) => true,
        _ => false,
    }
}

fn same(read: &Type, run: &Run) -> bool {
    match (&read.kind, run) {
        (Kind::Bool, Run::Bool)
        | (Kind::S8, Run::S8)
        | (Kind::U8, Run::U8)
        | (Kind::S16, Run::S16)
        | (Kind::U16, Run::U16)
        | (Kind::S32, Run::S32)
        | (Kind::U32, Run::U32)
        | (Kind::S64, Run::S64)
        | (Kind::U64, Run::U64)
        | (Kind::F32, Run::Float32)
        | (Kind::F64, Run::Float64)
        | (Kind::Char, Run::Char)
        | (Kind::String, Run::String)
        | (Kind::Own(_), Run::Own(_))
        | (Kind::Borrow(_), Run::Borrow(_)) => true,
        (Kind::List(element), Run::List(list)) => same(element, &list.ty()),
        (Kind::Record(record), Run::Record(run)) => {
            all(record.fields.iter().map(|field| &field.ty), run.fields().map(|field| field.ty).collect::<Vec<_>>())
        }
        (Kind::Tuple(elements), Run::Tuple(tuple)) => {
            all(elements.iter().map(|element| &element.ty), tuple.types().collect::<Vec<_>>())
        }
        (Kind::Variant(variant), Run::Variant(run)) => {
            let cases = run.cases();
            variant.cases.len() == cases.len()
                && variant
                    .cases
                    .iter()
                    .zip(cases)
                    .all(|(read, run)| read.name == run.name && optional(read.ty.as_ref(), run.ty.as_ref()))
        }
        (Kind::Enum(members), Run::Enum(run)) => members.names.iter().eq(run.names()),
        (Kind::Flags(members), Run::Flags(run)) => members.names.iter().eq(run.names()),
        (Kind::Option(option), Run::Option(run)) => same(&option.some, &run.ty()),
        (Kind::Result(result), Run::Result(run)) => {
            optional(result.ok.as_ref(), run.ok().as_ref()) && optional(result.err.as_ref(), run.err().as_ref())
        }
        _ => false,
    }
}
