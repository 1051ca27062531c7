//! Which case of a variant, option or result a value is; which flags are set.

use pyo3::prelude::*;
use pyo3::types::{PyFrozenSet, PySet, PyString, PyTuple};

use super::elements::sequence;
use crate::classes;
use crate::problem::{Converted, Problem, Reason};
use crate::types::{Kind, Members, Type, Variant};

pub(super) type Payload<'t, 'py> = Option<(&'t Type, Bound<'py, PyAny>)>;

/// Which case of a variant, option or result a value is, and its payload.
pub(super) fn choose<'t, 'py>(ty: &'t Type, value: &Bound<'py, PyAny>) -> Converted<(u32, Payload<'t, 'py>)> {
    let py = value.py();
    match &ty.kind {
        Kind::Variant(variant) => variant_case(variant, value),
        Kind::Option(option) => {
            if value.is_none() {
                return Ok((0, None));
            }
            let some = classes::some(py).map_err(Problem::raised)?;
            if value.get_type().is(some) {
                return Ok((1, Some((&option.some, payload_of(value)?))));
            }
            if option.nested {
                return Err(Problem::mismatch("None or componium.Some, as the options are nested", value));
            }
            Ok((1, Some((&option.some, value.clone()))))
        }
        Kind::Result(result) => {
            let class = value.get_type();
            let (case, ty) = if class.is(classes::ok(py).map_err(Problem::raised)?) {
                (0, &result.ok)
            } else if class.is(classes::err(py).map_err(Problem::raised)?) {
                (1, &result.err)
            } else {
                return Err(Problem::mismatch("componium.Ok or componium.Err", value));
            };
            case_payload(case, ty.as_ref(), payload_of(value)?)
        }
        _ => unreachable!("{ty:?} has no cases"),
    }
}

fn payload_of<'py>(value: &Bound<'py, PyAny>) -> Converted<Bound<'py, PyAny>> {
    value.getattr(pyo3::intern!(value.py(), "value")).map_err(Problem::raised)
}

fn case_payload<'t, 'py>(
    case: u32,
    ty: Option<&'t Type>,
    value: Bound<'py, PyAny>,
) -> Converted<(u32, Payload<'t, 'py>)> {
    match ty {
        Some(ty) => Ok((case, Some((ty, value)))),
        None if value.is_none() => Ok((case, None)),
        None => Err(Problem::mismatch("a case without a payload", &value)),
    }
}

fn variant_case<'t, 'py>(variant: &'t Variant, value: &Bound<'py, PyAny>) -> Converted<(u32, Payload<'t, 'py>)> {
    let class = value.get_type();
    for (index, case) in (0..).zip(&variant.cases) {
        if class.is(&case.class) {
            return match &case.ty {
                Some(ty) => Ok((index, Some((ty, payload_of(value)?)))),
                None => Ok((index, None)),
            };
        }
    }
    let names: Vec<_> = variant.cases.iter().map(|case| case.name.as_str()).collect();
    Err(Problem::mismatch(&format!("a case of {} ({})", variant.name, names.join(", ")), value))
}

/// The bits of a set of flags: a member, a combination, a name, or several names.
pub(super) fn flag_bits(flags: &Members, value: &Bound<'_, PyAny>) -> Converted<u32> {
    if value.is_instance(flags.class.bind(value.py())).map_err(Problem::raised)? {
        return value
            .getattr(pyo3::intern!(value.py(), "_value_"))
            .and_then(|bits| bits.extract())
            .map_err(Problem::raised);
    }
    let mut bits = 0;
    let names = match value.cast::<PyString>() {
        Ok(name) => PyTuple::new(value.py(), [name]).map_err(Problem::raised)?,
        Err(_) if value.is_instance_of::<PySet>() || value.is_instance_of::<PyFrozenSet>() => {
            let names = value.try_iter().and_then(Iterator::collect::<PyResult<Vec<_>>>);
            names.and_then(|names| PyTuple::new(value.py(), names)).map_err(Problem::raised)?
        }
        Err(_) => sequence(value).map_err(|problem| match problem.reason {
            Reason::Mismatch(_) => Problem::mismatch(&format!("{} or names of flags", flags.name), value),
            _ => problem,
        })?,
    };
    for name in names.iter_borrowed() {
        let index = name.extract::<&str>().ok().and_then(|name| flags.names.iter().position(|flag| flag == name));
        bits |= 1 << index.ok_or_else(|| Problem::mismatch(&format!("one of {}", flags.names.join(", ")), &name))?;
    }
    Ok(bits)
}
