//! What bindings need where a plugin is a native library: the native form of the canonical ABI's run-time support.

use std::ffi::{CStr, CString, c_char, c_void};
use std::panic::{self, PanicHookInfo};
use std::sync::Once;

pub use componium_guest_macro::generate;

unsafe extern "C" {
    /// Ends the call of the host that runs now, without coming back.
    fn componium_fail(message: *const c_char) -> !;
    /// The pointer behind the number of a resource.
    fn componium_representation(number: i32) -> *mut c_void;
}

/// The representation of a resource as it arrives in a function.
pub trait Representation {
    /// What it points to.
    fn pointer(self) -> *const u8;
}

impl Representation for *mut u8 {
    fn pointer(self) -> *const u8 {
        self
    }
}

impl Representation for i32 {
    fn pointer(self) -> *const u8 {
        // SAFETY: the host gives numbers that it got for resources which live as long as the call.
        unsafe { componium_representation(self) }.cast()
    }
}

/// Makes a panic the end of the call, as a trap is, rather than of the application. Called first in every export.
pub fn catch_panics() {
    static CAUGHT: Once = Once::new();
    CAUGHT.call_once(|| panic::set_hook(Box::new(end_call)));
}

fn end_call(panic: &PanicHookInfo<'_>) {
    let message = panic.to_string().replace('\0', "\u{fffd}");
    let message = CString::new(message).unwrap_or_default();
    fail(&message)
}

fn fail(message: &CStr) -> ! {
    // SAFETY: the message ends with a zero byte. The frames that are left have destructors that do not run; the host calls
    // nothing of this instance again.
    unsafe { componium_fail(message.as_ptr()) }
}

/// Allocates for the host: parameters, and what it returns to the plugin.
///
/// # Safety
///
/// As for the canonical ABI's `realloc`: `block` was allocated by it with `old_size` and `align`, or is null with 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cabi_realloc(block: *mut u8, old_size: usize, align: usize, new_size: usize) -> *mut u8 {
    // SAFETY: as this function's.
    unsafe { crate::wit_bindgen::rt::cabi_realloc(block, old_size, align, new_size) }
}
