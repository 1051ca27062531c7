//! `Function` as Python sees it: a type made by hand, since classes of `pyo3` lack the vectorcall protocol (PEP 590).
//!
//! With it, CPython hands arguments over where they are, instead of in a tuple made for the call; and a function in a
//! class is a method, as functions written in Python are.

use std::ffi::{CStr, c_int, c_ulong, c_void};
use std::mem::offset_of;
use std::ptr;

use pyo3::exceptions::PyRuntimeError;
use pyo3::ffi;
use pyo3::impl_::trampoline::get_trampoline_function;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple, PyType};

use crate::function::Function;

/// `Py_TPFLAGS_IMMUTABLETYPE`, `Py_TPFLAGS_HAVE_VECTORCALL` and `Py_TPFLAGS_METHOD_DESCRIPTOR`: known to CPython 3.11, but
/// not named in its stable ABI before 3.12.
const IMMUTABLETYPE: c_ulong = 1 << 8;
const HAVE_VECTORCALL: c_ulong = 1 << 11;
const METHOD_DESCRIPTOR: c_ulong = 1 << 17;

/// The object's memory. All references are owned.
#[repr(C)]
struct Callable {
    base: ffi::PyObject,
    vectorcall: ffi::vectorcallfunc,
    name: Py<PyAny>,
    qualified_name: Py<PyAny>,
    docs: Py<PyAny>,
    wit: Py<PyAny>,
    function: Function,
}

/// A callable for `function`.
pub(crate) fn make(py: Python<'_>, function: Function) -> PyResult<Py<PyAny>> {
    let class = class(py)?;
    let export = function.export();
    let text = |text: &str| text.into_pyobject(py).map(|text| text.into_any().unbind());
    let callable = Callable {
        // SAFETY: overwritten below by what CPython has allocated; a header has no invalid bits.
        base: unsafe { std::mem::zeroed() },
        vectorcall,
        name: text(&export.signature.name)?,
        qualified_name: text(&export.label)?,
        docs: export.docs.as_deref().into_pyobject(py)?.into_any().unbind(),
        wit: text(&export.wit)?,
        function,
    };
    // SAFETY: `class` has the size of `Callable`. Its instance is complete before anything else runs: the garbage
    // collector, which knows it already, has no occasion to look at it.
    unsafe {
        let object = ffi::PyType_GenericAlloc(class.as_type_ptr(), 0);
        let object = Bound::from_owned_ptr_or_err(py, object)?;
        let memory = object.as_ptr().cast::<Callable>();
        let header = ptr::read(&raw const (*memory).base);
        ptr::write(memory, callable);
        ptr::write(&raw mut (*memory).base, header);
        Ok(object.unbind())
    }
}

/// The type, made once.
pub(crate) fn class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    Ok(CLASS.get_or_try_init(py, || new_class(py))?.bind(py))
}

fn new_class(py: Python<'_>) -> PyResult<Py<PyType>> {
    let member = |name: &'static CStr, type_code: c_int, offset: usize| ffi::PyMemberDef {
        name: name.as_ptr(),
        type_code,
        offset: offset.cast_signed(),
        flags: ffi::Py_READONLY,
        doc: ptr::null(),
    };
    let mut members = [
        member(c"__vectorcalloffset__", ffi::Py_T_PYSSIZET, offset_of!(Callable, vectorcall)),
        member(c"__name__", ffi::Py_T_OBJECT_EX, offset_of!(Callable, name)),
        member(c"__qualname__", ffi::Py_T_OBJECT_EX, offset_of!(Callable, qualified_name)),
        member(c"__doc__", ffi::Py_T_OBJECT_EX, offset_of!(Callable, docs)),
        member(c"wit", ffi::Py_T_OBJECT_EX, offset_of!(Callable, wit)),
        ffi::PyMemberDef::default(),
    ];
    let getters = [
        ffi::PyGetSetDef {
            name: c"__signature__".as_ptr(),
            get: Some(get_signature),
            set: None,
            doc: ptr::null(),
            closure: ptr::null_mut(),
        },
        ffi::PyGetSetDef::default(),
    ];
    let slot = |slot: c_int, pfunc: *mut c_void| ffi::PyType_Slot { slot, pfunc };
    let call = get_trampoline_function!(ternaryfunc, call);
    let represent = get_trampoline_function!(reprfunc, represent);
    let mut slots = [
        slot(ffi::Py_tp_call, call as *mut c_void),
        slot(ffi::Py_tp_repr, represent as *mut c_void),
        slot(ffi::Py_tp_descr_get, bind as *mut c_void),
        slot(ffi::Py_tp_dealloc, deallocate as *mut c_void),
        slot(ffi::Py_tp_traverse, traverse as *mut c_void),
        slot(ffi::Py_tp_members, members.as_mut_ptr().cast()),
        slot(ffi::Py_tp_getset, Box::leak(Box::new(getters)).as_mut_ptr().cast()),
        slot(0, ptr::null_mut()),
    ];
    let flags = ffi::Py_TPFLAGS_DEFAULT
        | ffi::Py_TPFLAGS_HAVE_GC
        | HAVE_VECTORCALL
        | METHOD_DESCRIPTOR
        | ffi::Py_TPFLAGS_DISALLOW_INSTANTIATION
        | IMMUTABLETYPE;
    let mut spec = ffi::PyType_Spec {
        name: c"componium.Function".as_ptr(),
        basicsize: c_int::try_from(size_of::<Callable>()).map_err(|_| PyRuntimeError::new_err("too large"))?,
        itemsize: 0,
        #[allow(clippy::useless_conversion)] // on some systems `c_ulong` is larger
        flags: u32::try_from(flags).map_err(|_| PyRuntimeError::new_err("unknown flags"))?,
        slots: slots.as_mut_ptr(),
    };
    // SAFETY: CPython copies what `spec` points to, except strings and getters, which are never freed; every slot has the signature that
    // its number asks for.
    unsafe {
        let class = ffi::PyType_FromSpec(&raw mut spec);
        Ok(Bound::from_owned_ptr_or_err(py, class)?.cast_into::<PyType>()?.unbind())
    }
}

/// The function behind a callable.
///
/// # Safety
///
/// `object` is a callable made by `make`, which outlives the result.
unsafe fn function<'a>(object: *mut ffi::PyObject) -> &'a Function {
    // SAFETY: as promised.
    unsafe { &(*object.cast::<Callable>()).function }
}

unsafe extern "C" fn vectorcall(
    callable: *mut ffi::PyObject,
    arguments: *const *mut ffi::PyObject,
    count: usize,
    names: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // The highest bit tells that the place before the arguments may be used, which is of no use here.
    let count = (count & !(1 << (usize::BITS - 1))).cast_signed();
    let call = get_trampoline_function!(fastcall_cfunction_with_keywords, call_vector);
    // SAFETY: CPython calls this while attached, with the arguments that PEP 590 describes.
    unsafe { call(callable, arguments, count, names) }
}

/// # Safety
///
/// As `vectorcall`, the highest bit of `count` removed.
unsafe fn call_vector(
    py: Python<'_>,
    callable: *mut ffi::PyObject,
    arguments: *const *mut ffi::PyObject,
    count: isize,
    names: *mut ffi::PyObject,
) -> PyResult<*mut ffi::PyObject> {
    // SAFETY: CPython keeps callable and arguments alive for the call; `arguments` are `count` positional ones, then one
    // for each name. They may be null where there are none.
    unsafe {
        let function = function(callable);
        let count = count.cast_unsigned();
        if names.is_null() {
            let arguments = if count == 0 { &[] } else { std::slice::from_raw_parts(arguments.cast(), count) };
            return function.call(py, arguments).map(Bound::into_ptr);
        }
        let names = Borrowed::from_ptr(py, names).cast_unchecked::<PyTuple>();
        let all: &[Borrowed<'_, '_, PyAny>] = std::slice::from_raw_parts(arguments.cast(), count + names.len());
        let keywords = PyDict::new(py);
        for (name, value) in names.iter_borrowed().zip(&all[count..]) {
            keywords.set_item(name, value)?;
        }
        function.call_with_keywords(py, &all[..count], &keywords).map(Bound::into_ptr)
    }
}

/// # Safety
///
/// `callable`, `arguments` and `keywords` are what `tp_call` is called with.
unsafe fn call(
    py: Python<'_>,
    callable: *mut ffi::PyObject,
    arguments: *mut ffi::PyObject,
    keywords: *mut ffi::PyObject,
) -> PyResult<*mut ffi::PyObject> {
    // SAFETY: a tuple, and a dict or null, which CPython keeps alive for the call.
    unsafe {
        let function = function(callable);
        let arguments = Borrowed::from_ptr(py, arguments).cast_unchecked::<PyTuple>();
        let arguments: Vec<_> = arguments.iter_borrowed().collect();
        let result = match Borrowed::from_ptr_or_opt(py, keywords) {
            Some(keywords) => function.call_with_keywords(py, &arguments, &keywords.cast_unchecked::<PyDict>()),
            None => function.call(py, &arguments),
        };
        result.map(Bound::into_ptr)
    }
}

/// # Safety
///
/// `callable` is one of `make`.
unsafe fn represent(py: Python<'_>, callable: *mut ffi::PyObject) -> PyResult<*mut ffi::PyObject> {
    // SAFETY: as promised.
    let export = unsafe { function(callable) }.export();
    Ok(format!("<componium function {}>", export.wit).into_pyobject(py)?.into_ptr())
}

/// `__signature__`, for `inspect.signature`.
unsafe extern "C" fn get_signature(callable: *mut ffi::PyObject, _: *mut c_void) -> *mut ffi::PyObject {
    let signature = get_trampoline_function!(unaryfunc, signature);
    // SAFETY: CPython calls this while attached, with a callable of `make`.
    unsafe { signature(callable) }
}

/// # Safety
///
/// `callable` is one of `make`.
unsafe fn signature(py: Python<'_>, callable: *mut ffi::PyObject) -> PyResult<*mut ffi::PyObject> {
    // SAFETY: as promised.
    let export = unsafe { function(callable) }.export();
    let inspect = py.import("inspect")?;
    let parameter = inspect.getattr("Parameter")?;
    let kind = parameter.getattr("POSITIONAL_OR_KEYWORD")?;
    let parameters = export.signature.parameters.iter().map(|each| parameter.call1((&each.name, &kind)));
    let parameters = parameters.collect::<PyResult<Vec<_>>>()?;
    Ok(inspect.getattr("Signature")?.call1((parameters,))?.into_ptr())
}

/// `tp_descr_get`: as an attribute of an object's class, the callable is a method of the object.
unsafe extern "C" fn bind(
    callable: *mut ffi::PyObject,
    object: *mut ffi::PyObject,
    _class: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    let bind = get_trampoline_function!(ternaryfunc, bind_to);
    // SAFETY: CPython calls this while attached, with `object` null where the attribute is the class's own.
    unsafe { bind(callable, object, ptr::null_mut()) }
}

/// # Safety
///
/// `callable` is one of `make`; `object` is a Python object or null.
unsafe fn bind_to(
    py: Python<'_>,
    callable: *mut ffi::PyObject,
    object: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> PyResult<*mut ffi::PyObject> {
    static METHOD: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    // SAFETY: as promised; both outlive this call.
    let (callable, object) = unsafe { (Borrowed::from_ptr(py, callable), Borrowed::from_ptr_or_opt(py, object)) };
    match object {
        Some(object) => Ok(METHOD.import(py, "types", "MethodType")?.call1((callable, object))?.into_ptr()),
        None => Ok(callable.to_owned().into_ptr()),
    }
}

unsafe extern "C" fn deallocate(object: *mut ffi::PyObject) {
    // SAFETY: called once, when the last reference is gone. The type is a heap type, to which its instance holds a
    // reference; memory goes back to where `PyType_GenericAlloc` took it from.
    unsafe {
        ffi::PyObject_GC_UnTrack(object.cast());
        let class = ffi::Py_TYPE(object);
        let Callable { name, qualified_name, docs, wit, function, .. } = ptr::read(object.cast::<Callable>());
        // Not by their destructors: outside of `Python::attach`, those would wait for the next call of this library.
        for owned in [name, qualified_name, docs, wit, function.into_instance().into_any()] {
            ffi::Py_DecRef(owned.into_ptr());
        }
        ffi::PyObject_GC_Del(object.cast());
        ffi::Py_DecRef(class.cast());
    }
}

unsafe extern "C" fn traverse(object: *mut ffi::PyObject, visit: ffi::visitproc, argument: *mut c_void) -> c_int {
    // SAFETY: called by the garbage collector for an instance; nothing is dereferenced but its own memory. The texts can
    // be part of no cycle.
    unsafe {
        match visit(ffi::Py_TYPE(object).cast(), argument) {
            0 => visit(function(object).instance().as_ptr(), argument),
            stop => stop,
        }
    }
}
