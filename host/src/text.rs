//! WIT text of functions and types.

use std::fmt::Write as _;

use wit_parser::{Function, FunctionKind, Handle, Resolve, Type, TypeDefKind};

/// Whether named types are written by name, or spelt out so that texts can be compared across packages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    Kept,
    Expanded,
}

/// A function as WIT text: `handle: func(input: string) -> list<action-item>`.
///
/// A function of a resource has the resource's name before its own: `counter.add: func(amount: u32)`.
pub(crate) fn function(resolve: &Resolve, function: &Function, names: Names) -> String {
    let (keyword, own) = match function.kind {
        FunctionKind::Method(_) => ("func", 1),
        FunctionKind::Static(_) => ("static func", 0),
        FunctionKind::Constructor(_) => ("constructor", 0),
        _ => ("func", 0),
    };
    let name = function.name.split_once(']').map_or(function.name.as_str(), |(_, member)| member);
    let parameters = function.params.iter().skip(own);
    let parameters = parameters.map(|param| format!("{}: {}", param.name, type_name(resolve, &param.ty, names)));
    let mut out = format!("{name}: {keyword}({})", parameters.collect::<Vec<_>>().join(", "));
    if let Some(result) = &function.result {
        let _ = write!(out, " -> {}", type_name(resolve, result, names));
    }
    out
}

/// A type as WIT text.
pub(crate) fn type_name(resolve: &Resolve, ty: &Type, names: Names) -> String {
    let simple = match ty {
        Type::Bool => "bool",
        Type::U8 => "u8",
        Type::U16 => "u16",
        Type::U32 => "u32",
        Type::U64 => "u64",
        Type::S8 => "s8",
        Type::S16 => "s16",
        Type::S32 => "s32",
        Type::S64 => "s64",
        Type::F32 => "f32",
        Type::F64 => "f64",
        Type::Char => "char",
        Type::String => "string",
        Type::ErrorContext => "error-context",
        Type::Id(id) => return defined(resolve, *id, names),
    };
    simple.to_owned()
}

fn defined(resolve: &Resolve, id: wit_parser::TypeId, names: Names) -> String {
    let definition = &resolve.types[id];
    let write = |ty: &Type| type_name(resolve, ty, names);
    let optional = |ty: &Option<Type>| ty.as_ref().map_or_else(|| "_".to_owned(), write);
    if let TypeDefKind::Type(alias) = &definition.kind {
        return match (names, &definition.name) {
            (Names::Kept, Some(name)) => name.clone(),
            _ => write(alias),
        };
    }
    if let (Names::Kept, Some(name)) = (names, &definition.name) {
        return name.clone();
    }
    let name = definition.name.as_deref().map_or_else(String::new, |name| format!(" {name}"));
    match &definition.kind {
        TypeDefKind::Record(record) => {
            let fields = record.fields.iter().map(|field| format!("{}: {}", field.name, write(&field.ty)));
            format!("record{name} {{ {} }}", fields.collect::<Vec<_>>().join(", "))
        }
        TypeDefKind::Variant(variant) => {
            let cases = variant.cases.iter().map(|case| match &case.ty {
                Some(ty) => format!("{}({})", case.name, write(ty)),
                None => case.name.clone(),
            });
            format!("variant{name} {{ {} }}", cases.collect::<Vec<_>>().join(", "))
        }
        TypeDefKind::Enum(cases) => {
            let names: Vec<_> = cases.cases.iter().map(|case| case.name.as_str()).collect();
            format!("enum{name} {{ {} }}", names.join(", "))
        }
        TypeDefKind::Flags(flags) => {
            let names: Vec<_> = flags.flags.iter().map(|flag| flag.name.as_str()).collect();
            format!("flags{name} {{ {} }}", names.join(", "))
        }
        TypeDefKind::Tuple(tuple) => {
            format!("tuple<{}>", tuple.types.iter().map(write).collect::<Vec<_>>().join(", "))
        }
        TypeDefKind::Option(ty) => format!("option<{}>", write(ty)),
        TypeDefKind::Result(result) => match (&result.ok, &result.err) {
            (None, None) => "result".to_owned(),
            (ok, None) => format!("result<{}>", optional(ok)),
            (ok, err) => format!("result<{}, {}>", optional(ok), optional(err)),
        },
        TypeDefKind::List(ty) => format!("list<{}>", write(ty)),
        TypeDefKind::FixedLengthList(ty, length) => format!("list<{}, {length}>", write(ty)),
        TypeDefKind::Map(key, value) => format!("map<{}, {}>", write(key), write(value)),
        TypeDefKind::Handle(Handle::Own(id)) => defined(resolve, *id, Names::Kept),
        TypeDefKind::Handle(Handle::Borrow(id)) => format!("borrow<{}>", defined(resolve, *id, Names::Kept)),
        TypeDefKind::Future(ty) => format!("future<{}>", optional(ty)),
        TypeDefKind::Stream(ty) => format!("stream<{}>", optional(ty)),
        TypeDefKind::Resource => format!("resource{name}"),
        TypeDefKind::Type(_) | TypeDefKind::Unknown => definition.kind.as_str().to_owned(),
    }
}
