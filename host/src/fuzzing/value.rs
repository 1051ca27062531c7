//! Arbitrary Python values: of a type, almost of a type, or of none.

use arbitrary::{Arbitrary, Result, Unstructured};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyModule, PyTuple};

use crate::classes;
use crate::lift::buffer_format;
use crate::types::{Kind, Members, Record, Type};

const MISBEHAVING: &std::ffi::CStr =
    match std::ffi::CStr::from_bytes_with_nul(concat!(include_str!("value.py"), "\0").as_bytes()) {
        Ok(source) => source,
        Err(_) => panic!("the source contains a zero byte"),
    };
/// Most values within each other that are of no type.
const DEPTH: usize = 3;

/// Makes values.
pub(super) struct Values<'py> {
    py: Python<'py>,
    module: Bound<'py, PyModule>,
}

fn object<'py>(py: Python<'py>, value: impl IntoPyObjectExt<'py>) -> Bound<'py, PyAny> {
    value.into_bound_py_any(py).expect("the value can be made")
}

/// `value` in `componium.Ok`, `Err` or `Some`.
fn wrap<'py>(class: PyResult<&Bound<'py, PyAny>>, value: Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    class.and_then(|class| class.call1((value,))).expect("the value can be wrapped")
}

impl<'py> Values<'py> {
    pub(super) fn new(py: Python<'py>) -> Self {
        let known = PyModule::import(py, "fuzzing_values");
        let module = known.or_else(|_| PyModule::from_code(py, MISBEHAVING, c"value.py", c"fuzzing_values"));
        Self { py, module: module.expect("the module can be made") }
    }

    /// Whether a value of this module's raised `error`.
    pub(super) fn is_own(&self, error: &PyErr) -> bool {
        let class = self.module.getattr("OwnError");
        class.and_then(|class| error.value(self.py).is_instance(&class)).expect("the class exists")
    }

    fn make(&self, name: &str, arguments: impl pyo3::call::PyCallArgs<'py>) -> Bound<'py, PyAny> {
        self.module.getattr(name).and_then(|maker| maker.call1(arguments)).expect("the value can be made")
    }

    /// A value of `ty`, most of the time.
    pub(super) fn of(&self, u: &mut Unstructured<'_>, ty: &Type) -> Result<Bound<'py, PyAny>> {
        let py = self.py;
        if u.ratio(1_u8, 20)? {
            return self.any(u, DEPTH);
        }
        Ok(match &ty.kind {
            Kind::Bool => object(py, u.arbitrary::<bool>()?),
            Kind::S8 => self.integer::<i8>(u)?,
            Kind::U8 => self.integer::<u8>(u)?,
            Kind::S16 => self.integer::<i16>(u)?,
            Kind::U16 => self.integer::<u16>(u)?,
            Kind::S32 => self.integer::<i32>(u)?,
            Kind::U32 => self.integer::<u32>(u)?,
            Kind::S64 => self.integer::<i64>(u)?,
            Kind::U64 => self.integer::<u64>(u)?,
            Kind::F32 => object(py, u.arbitrary::<f32>()?),
            Kind::F64 => object(py, u.arbitrary::<f64>()?),
            Kind::Char => object(py, u.arbitrary::<char>()?),
            Kind::String => object(py, u.arbitrary::<&str>()?),
            Kind::List(element) => self.list(u, element)?,
            Kind::Record(record) => self.record(u, record)?,
            Kind::Tuple(elements) => {
                let items = elements.iter().map(|element| self.of(u, &element.ty)).collect::<Result<Vec<_>>>()?;
                self.sequence(u, items)?
            }
            Kind::Variant(variant) => {
                let case = u.choose(&variant.cases)?;
                let payload = case.ty.iter().map(|ty| self.of(u, ty)).collect::<Result<Vec<_>>>()?;
                let payload = PyTuple::new(py, payload).expect("a tuple");
                case.class.bind(py).call1(payload).expect("a case can be made")
            }
            Kind::Enum(members) => self.member(u, members)?,
            Kind::Flags(flags) if u.arbitrary()? => {
                let count = u.int_in_range(0..=4)?;
                let names = (0..count).map(|_| Ok(u.choose(&flags.names)?.as_str())).collect::<Result<Vec<_>>>()?;
                object(py, names)
            }
            Kind::Flags(flags) => {
                let bits = u.arbitrary::<u32>()? & (u32::MAX >> (32 - flags.names.len()));
                flags.class.bind(py).call1((bits,)).expect("the flags exist")
            }
            Kind::Option(_) if u.arbitrary()? => py.None().into_bound(py),
            Kind::Option(option) => {
                let some = self.of(u, &option.some)?;
                let wrapped = option.nested || u.arbitrary()?;
                if wrapped { wrap(classes::some(py), some) } else { some }
            }
            Kind::Result(result) => {
                let (class, ty) =
                    if u.arbitrary()? { (classes::ok(py), &result.ok) } else { (classes::err(py), &result.err) };
                let payload = ty.as_ref().map(|ty| self.of(u, ty)).transpose()?;
                wrap(class, payload.unwrap_or_else(|| py.None().into_bound(py)))
            }
            Kind::Own(_) | Kind::Borrow(_) => unreachable!("the palette has no resources"),
        })
    }

    fn integer<T>(&self, u: &mut Unstructured<'_>) -> Result<Bound<'py, PyAny>>
    where
        T: for<'a> Arbitrary<'a> + Into<i128>,
    {
        let number: i128 = u.arbitrary::<T>()?.into();
        Ok(match u.arbitrary::<u8>()? {
            0 => self.make("Index", (number,)),
            1 => object(self.py, number + 1),
            _ => object(self.py, number),
        })
    }

    fn member(&self, u: &mut Unstructured<'_>, members: &Members) -> Result<Bound<'py, PyAny>> {
        let index = u.choose_index(members.names.len())?;
        Ok(if u.arbitrary()? {
            object(self.py, members.names[index].as_str())
        } else {
            members.members[index].bind(self.py).clone()
        })
    }

    fn record(&self, u: &mut Unstructured<'_>, record: &Record) -> Result<Bound<'py, PyAny>> {
        let fields = PyDict::new(self.py);
        for field in &record.fields {
            fields.set_item(&field.attribute, self.of(u, &field.ty)?).expect("a field can be set");
        }
        Ok(match u.int_in_range(0..=2)? {
            0 => fields.into_any(),
            1 => self.make("Fields", (fields,)),
            _ => record.class.bind(self.py).call((), Some(&fields)).expect("the record can be made"),
        })
    }

    fn list(&self, u: &mut Unstructured<'_>, element: &Type) -> Result<Bound<'py, PyAny>> {
        if let Some(code) = buffer_format(&element.kind)
            && u.arbitrary()?
        {
            let data = PyBytes::new(self.py, u.arbitrary::<&[u8]>()?);
            let code = if u.ratio(1_u8, 10)? { *u.choose(&["b", "B", "h", "f", "Q"])? } else { code };
            return Ok(self.make("typed", (code, data)));
        }
        let count = u.int_in_range(0..=5)?;
        let items = (0..count).map(|_| self.of(u, element)).collect::<Result<Vec<_>>>()?;
        self.sequence(u, items)
    }

    fn sequence(&self, u: &mut Unstructured<'_>, items: Vec<Bound<'py, PyAny>>) -> Result<Bound<'py, PyAny>> {
        let list = PyList::new(self.py, items).expect("a list");
        Ok(match u.arbitrary::<u8>()? {
            0 => self.make("Liar", (list, u.arbitrary::<u16>()?)),
            1 => self.make("shrinking", (list,)),
            2..=100 => list.to_tuple().into_any(),
            _ => list.into_any(),
        })
    }

    /// A value of no type in particular.
    fn any(&self, u: &mut Unstructured<'_>, depth: usize) -> Result<Bound<'py, PyAny>> {
        let py = self.py;
        let several = |u: &mut Unstructured<'_>| -> Result<Vec<_>> {
            let count = if depth == 0 { 0 } else { u.int_in_range(0..=4)? };
            (0..count).map(|_| self.any(u, depth - 1)).collect()
        };
        Ok(match u.int_in_range(0..=16)? {
            0 => py.None().into_bound(py),
            1 => object(py, u.arbitrary::<bool>()?),
            2 => object(py, u.arbitrary::<i128>()?),
            3 => object(py, u.arbitrary::<f64>()?),
            4 => object(py, u.arbitrary::<&str>()?),
            5 => self.make("surrogates", (u.arbitrary::<&str>()?,)),
            6 => PyBytes::new(py, u.arbitrary::<&[u8]>()?).into_any(),
            7 => PyList::new(py, several(u)?).expect("a list").into_any(),
            8 => PyTuple::new(py, several(u)?).expect("a tuple").into_any(),
            9 => {
                let fields = PyDict::new(py);
                for item in several(u)? {
                    fields.set_item(*u.choose(&["x", "y", "label", "inner", "value"])?, item).expect("a field");
                }
                fields.into_any()
            }
            10 => self.make("typed", (*u.choose(&["b", "H", "i", "Q", "f", "d"])?, u.arbitrary::<&[u8]>()?)),
            11 => self.make("strided", (PyBytes::new(py, u.arbitrary::<&[u8]>()?),)),
            12 => self.make("Broken", ()),
            13 => self.make("Liar", (several(u)?, u.arbitrary::<u8>()?)),
            14 => self.make("shrinking", (several(u)?,)),
            15 => self.make("endless", ()),
            _ => {
                let class = u.choose(&[classes::some, classes::ok, classes::err])?(py);
                let value = several(u)?.into_iter().next().unwrap_or_else(|| py.None().into_bound(py));
                wrap(class, value)
            }
        })
    }
}
