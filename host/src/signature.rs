//! How a function is called: its parameters and its result, made once for each function of a component.

use std::collections::HashMap;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyString;
use wit_parser::{Handle, Resolve, TypeDefKind, TypeId, TypeOwner};

use crate::resource::Resource;
use crate::types::{
    self, Case, Element, Field, Kind, MAX_FLAGS, Members, OptionType, Record, ResultType, Type, Variant,
};
use crate::{classes, record, text};

/// Most core values that parameters take before they go through memory: the canonical ABI's `MAX_FLAT_PARAMS`.
pub(crate) const MAX_FLAT_PARAMS: u32 = 16;
/// Most core values that a result takes before it goes through memory: the canonical ABI's `MAX_FLAT_RESULTS`.
pub(crate) const MAX_FLAT_RESULTS: u32 = 1;

/// A function's parameters and result.
#[derive(Debug)]
pub(crate) struct Signature {
    /// The function's name in Python.
    pub name: String,
    pub parameters: Vec<Parameter>,
    /// Size, alignment and core values of all parameters together.
    pub size: u32,
    pub align: u32,
    pub flat: u32,
    pub result: Option<Type>,
    /// Whether resources are passed, either way.
    pub handles: bool,
    /// Whether every parameter is one core value, and all travel so.
    pub scalars: bool,
}

#[derive(Debug)]
pub(crate) struct Parameter {
    pub name: Py<PyString>,
    pub element: Element,
}

impl Signature {
    /// Whether the parameters travel in memory instead of as core values.
    pub(crate) fn parameters_in_memory(&self) -> bool {
        self.flat > MAX_FLAT_PARAMS
    }
}

/// Why a type cannot cross yet; the outer `PyResult` is for Python's own failures.
type Supported<T> = PyResult<Result<T, String>>;

/// Unwrap a `Supported`, returning early with the reason.
macro_rules! supported {
    ($value:expr) => {
        match $value {
            Ok(value) => value,
            Err(reason) => return Ok(Err(reason)),
        }
    };
}

/// The types that one side of a world uses, each defined one made once.
pub(crate) struct Types<'a> {
    resolve: &'a Resolve,
    resources: HashMap<TypeId, Arc<Resource>>,
    made: HashMap<TypeId, Type>,
    /// Bytes of a pointer in the guest's memory.
    pointer: u32,
}

impl<'a> Types<'a> {
    /// No types yet, the resources that this side of the world may use, and the bytes of a guest's pointer.
    pub(crate) fn new(resolve: &'a Resolve, resources: HashMap<TypeId, Arc<Resource>>, pointer: u32) -> Self {
        Self { resolve, resources, made: HashMap::new(), pointer }
    }

    /// The resource that `id` names, itself or as an alias.
    pub(crate) fn resource(&self, mut id: TypeId) -> Result<Arc<Resource>, String> {
        while let TypeDefKind::Type(wit_parser::Type::Id(aliased)) = self.resolve.types[id].kind {
            id = aliased;
        }
        let unknown = || {
            let definition = &self.resolve.types[id];
            let name = definition.name.as_deref().unwrap_or("resource");
            format!("the resource `{name}` of `{}` cannot be passed by applications", self.owner(definition.owner))
        };
        self.resources.get(&id).map(Arc::clone).ok_or_else(unknown)
    }

    /// The signature of `function`, or the reason why it cannot be called.
    pub(crate) fn signature(&mut self, py: Python<'_>, function: &wit_parser::Function) -> Supported<Signature> {
        let parameters = supported!(self.each(py, function.params.iter().map(|param| &param.ty))?);
        let result = match &function.result {
            Some(ty) => Some(supported!(self.get(py, ty)?)),
            None => None,
        };
        let (offsets, size, align, flat) = types::sequence(&parameters);
        let handles = parameters.iter().chain(&result).any(Type::has_handles);
        let scalars = flat <= MAX_FLAT_PARAMS && parameters.iter().all(Type::is_scalar);
        let names = function.params.iter().map(|param| python_name(py, &param.name));
        let parameters = names.zip(parameters.into_iter().zip(offsets));
        let parameters = parameters
            .map(|(name, (ty, offset))| Ok(Parameter { name: name?, element: Element { ty, offset } }))
            .collect::<PyResult<_>>()?;
        let name = classes::snake_case(py, member_name(&function.name))?;
        Ok(Ok(Signature { name, parameters, size, align, flat, result, handles, scalars }))
    }

    /// The Python class of a named type; `None` where it has none, or cannot cross yet.
    pub(crate) fn class(&mut self, py: Python<'_>, id: TypeId) -> PyResult<Option<Py<PyAny>>> {
        let made = self.defined(py, id)?;
        Ok(made.ok().and_then(|ty| ty.class().map(|class| class.clone_ref(py))))
    }

    fn each<'t>(
        &mut self,
        py: Python<'_>,
        types: impl IntoIterator<Item = &'t wit_parser::Type>,
    ) -> Supported<Vec<Type>> {
        let mut made = Vec::new();
        for ty in types {
            made.push(supported!(self.get(py, ty)?));
        }
        Ok(Ok(made))
    }

    fn get(&mut self, py: Python<'_>, ty: &wit_parser::Type) -> Supported<Type> {
        use wit_parser::Type as Wit;
        Ok(Ok(match ty {
            Wit::Bool => Type::scalar(Kind::Bool, 1),
            Wit::S8 => Type::scalar(Kind::S8, 1),
            Wit::U8 => Type::scalar(Kind::U8, 1),
            Wit::S16 => Type::scalar(Kind::S16, 2),
            Wit::U16 => Type::scalar(Kind::U16, 2),
            Wit::S32 => Type::scalar(Kind::S32, 4),
            Wit::U32 => Type::scalar(Kind::U32, 4),
            Wit::S64 => Type::scalar(Kind::S64, 8),
            Wit::U64 => Type::scalar(Kind::U64, 8),
            Wit::F32 => Type::scalar(Kind::F32, 4),
            Wit::F64 => Type::scalar(Kind::F64, 8),
            Wit::Char => Type::scalar(Kind::Char, 4),
            Wit::String => Type::pair(Kind::String, self.pointer),
            Wit::ErrorContext => return Ok(Err("the type `error-context` cannot cross yet".to_owned())),
            Wit::Id(id) => return self.defined(py, *id),
        }))
    }

    fn optional(&mut self, py: Python<'_>, ty: Option<&wit_parser::Type>) -> Supported<Option<Type>> {
        Ok(match ty {
            Some(ty) => self.get(py, ty)?.map(Some),
            None => Ok(None),
        })
    }

    fn defined(&mut self, py: Python<'_>, id: TypeId) -> Supported<Type> {
        if let Some(ty) = self.made.get(&id) {
            return Ok(Ok(ty.clone()));
        }
        let ty = supported!(self.make(py, id)?);
        self.made.insert(id, ty.clone());
        Ok(Ok(ty))
    }

    fn make(&mut self, py: Python<'_>, id: TypeId) -> Supported<Type> {
        let definition = &self.resolve.types[id];
        let owner = self.owner(definition.owner);
        let name = definition.name.clone().unwrap_or_default();
        Ok(Ok(match &definition.kind {
            TypeDefKind::Type(ty) => return self.get(py, ty),
            TypeDefKind::List(ty) => Type::pair(Kind::List(Arc::new(supported!(self.get(py, ty)?))), self.pointer),
            TypeDefKind::Record(record) => return self.record(py, &owner, name, record),
            TypeDefKind::Tuple(tuple) => {
                let types = supported!(self.each(py, &tuple.types)?);
                let (offsets, size, align, flat) = types::sequence(&types);
                let elements = types.into_iter().zip(offsets).map(|(ty, offset)| Element { ty, offset });
                Type { kind: Kind::Tuple(Arc::new(elements.collect())), size, align, flat }
            }
            TypeDefKind::Variant(variant) => return self.variant(py, &owner, name, variant),
            TypeDefKind::Enum(cases) => {
                let names: Vec<_> = cases.cases.iter().map(|case| case.name.clone()).collect();
                let (class, members) = classes::enumeration(py, &owner, &name, &names)?;
                let size = types::discriminant_size(names.len());
                Type::scalar(Kind::Enum(Arc::new(Members { name, class, names, members })), size)
            }
            TypeDefKind::Flags(flags) => {
                let names: Vec<_> = flags.flags.iter().map(|flag| flag.name.clone()).collect();
                if !(1..=MAX_FLAGS).contains(&names.len()) {
                    return Ok(Err(format!("{} flags cannot cross, only 1 to {MAX_FLAGS}", names.len())));
                }
                let (class, members) = classes::flags(py, &owner, &name, &names)?;
                let size = Members::flags_size(names.len());
                let kind = Kind::Flags(Arc::new(Members { name, class, names, members }));
                Type::scalar(kind, size)
            }
            TypeDefKind::Option(ty) => {
                let some = supported!(self.get(py, ty)?);
                let (payload, size, align, flat) = types::choice(2, [&some].into_iter());
                let nested = matches!(some.kind, Kind::Option(_));
                Type { kind: Kind::Option(Arc::new(OptionType { some, payload, nested })), size, align, flat }
            }
            TypeDefKind::Result(result) => {
                let ok = supported!(self.optional(py, result.ok.as_ref())?);
                let err = supported!(self.optional(py, result.err.as_ref())?);
                let (payload, size, align, flat) = types::choice(2, ok.iter().chain(&err));
                Type { kind: Kind::Result(Arc::new(ResultType { ok, err, payload })), size, align, flat }
            }
            TypeDefKind::Handle(Handle::Own(id)) => Type::scalar(Kind::Own(supported!(self.resource(*id))), 4),
            TypeDefKind::Handle(Handle::Borrow(id)) => Type::scalar(Kind::Borrow(supported!(self.resource(*id))), 4),
            kind => return Ok(Err(format!("{} types cannot cross yet", kind.as_str()))),
        }))
    }

    fn record(&mut self, py: Python<'_>, owner: &str, name: String, record: &wit_parser::Record) -> Supported<Type> {
        let types = supported!(self.each(py, record.fields.iter().map(|field| &field.ty))?);
        let (offsets, size, align, flat) = types::sequence(&types);
        let names = record.fields.iter().map(|field| python_name(py, &field.name)).collect::<PyResult<Vec<_>>>()?;
        let texts = record.fields.iter().map(|field| text::type_name(self.resolve, &field.ty, text::Names::Kept));
        let described: Vec<_> = names.iter().map(ToString::to_string).zip(texts).collect();
        let class = classes::record(py, owner, &name, &described)?;
        let slots = record::slots(class.bind(py), &names)?;
        let fields = names.into_iter().zip(types).zip(offsets.into_iter().zip(slots));
        let fields = fields.map(|((attribute, ty), (offset, slot))| Field { attribute, ty, offset, slot });
        let fields: Vec<_> = fields.collect();
        let is_flat = fields.iter().all(|field| record::is_atomic(&field.ty.kind));
        let kind = Kind::Record(Arc::new(Record { name, class, fields, flat: is_flat }));
        Ok(Ok(Type { kind, size, align, flat }))
    }

    fn variant(&mut self, py: Python<'_>, owner: &str, name: String, variant: &wit_parser::Variant) -> Supported<Type> {
        let described: Vec<_> = variant.cases.iter().map(|case| (case.name.clone(), case.ty.is_some())).collect();
        let (class, case_classes) = classes::variant(py, owner, &name, &described)?;
        let mut cases = Vec::new();
        for (case, class) in variant.cases.iter().zip(case_classes) {
            let ty = supported!(self.optional(py, case.ty.as_ref())?);
            cases.push(Case { name: case.name.clone(), class, ty });
        }
        let payloads = cases.iter().filter_map(|case| case.ty.as_ref());
        let (payload, size, align, flat) = types::choice(cases.len(), payloads);
        Ok(Ok(Type { kind: Kind::Variant(Arc::new(Variant { name, class, cases, payload })), size, align, flat }))
    }

    fn owner(&self, owner: TypeOwner) -> String {
        match owner {
            TypeOwner::Interface(id) => self.resolve.id_of(id).unwrap_or_default(),
            TypeOwner::World(id) => self.resolve.worlds[id].name.clone(),
            TypeOwner::None => String::new(),
        }
    }
}

/// A function's name without the resource that it belongs to: `add-one` of `[method]counter.add-one`.
pub(crate) fn member_name(name: &str) -> &str {
    let Some((_, member)) = name.split_once(']') else { return name };
    member.split_once('.').map_or(member, |(_, name)| name)
}

/// The Python name of a parameter or field: interned, so that look-ups compare pointers.
fn python_name(py: Python<'_>, name: &str) -> PyResult<Py<PyString>> {
    Ok(PyString::intern(py, &classes::snake_case(py, name)?).unbind())
}
