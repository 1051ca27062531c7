//! The C structures of the native ABI.

use std::ffi::{c_char, c_void};

use crate::signature::MAX_FLAT_PARAMS;

/// The version of the ABI.
pub(super) const ABI: u32 = 1;
/// The only symbol of a library.
pub(super) const SYMBOL: &str = "componium_plugin";

/// Room for the core values of a call of an export.
pub(super) const NO_VALUES: [u64; MAX_FLAT_PARAMS as usize] = [0; _];

/// Call an export: arguments in, the result in the first value; 0, or 1 where the call was ended.
pub(super) type Call = unsafe extern "C" fn(values: *mut u64) -> i32;
pub(super) type Realloc = unsafe extern "C" fn(*mut c_void, usize, usize, usize) -> *mut c_void;
pub(super) type GetFailure = unsafe extern "C" fn() -> *const c_char;

/// What the host gives to the library.
#[repr(C)]
pub(super) struct Host {
    pub context: *const c_void,
    pub call: unsafe extern "C" fn(context: *const c_void, import: u32, values: *mut u64) -> i32,
}

#[repr(C)]
pub(super) struct Export {
    pub name: *const c_char,
    pub call: Option<Call>,
}

#[repr(C)]
pub(super) struct Import {
    pub module: *const c_char,
    pub name: *const c_char,
}

/// What the library's symbol is.
#[repr(C)]
pub(super) struct Plugin {
    pub abi: u32,
    pub pointer: u32,
    pub digest: *const c_char,
    pub export_count: u32,
    pub import_count: u32,
    pub exports: *const Export,
    pub imports: *const Import,
    pub realloc: Option<Realloc>,
    pub start: Option<unsafe extern "C" fn(*const Host)>,
    pub failure: Option<GetFailure>,
}
