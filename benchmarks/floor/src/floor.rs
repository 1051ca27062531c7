//! What no binding can go below, as a library with C's calling convention: the workloads through wasmtime's own typed
//! Rust calls, and a plain copy.
//!
//! Each function repeats its call and returns the last answer, so that a timing from outside covers hardly anything
//! else. A guest that traps ends the process.

mod guest;
mod text;

use std::hint::black_box;
use std::slice;

use guest::Guest;
use text::{Row, Text};

/// Compile the component at `path` and instantiate it, for good; null if that fails, with the reason on standard error.
#[unsafe(no_mangle)]
pub extern "C" fn floor_open(path: Text) -> Option<Box<Guest>> {
    Guest::open(path.as_str()).inspect_err(|error| eprintln!("{error:?}")).ok().map(Box::new)
}

#[unsafe(no_mangle)]
pub extern "C" fn floor_add(guest: &mut Guest, a: u32, b: u32, times: u32) -> u32 {
    guest.repeat::<_, (u32,)>("add", (a, b), times).0
}

#[unsafe(no_mangle)]
pub extern "C" fn floor_receive(guest: &mut Guest, data: Text, times: u32) -> u32 {
    guest.repeat::<_, (u32,)>("receive", (data.as_bytes(),), times).0
}

#[unsafe(no_mangle)]
pub extern "C" fn floor_sum(guest: &mut Guest, data: Text, times: u32) -> u64 {
    guest.repeat::<_, (u64,)>("sum", (data.as_bytes(),), times).0
}

/// The answer lives until the next call.
#[unsafe(no_mangle)]
pub extern "C" fn floor_echo(guest: &mut Guest, text: Text, times: u32) -> Text {
    guest.text = guest.repeat::<_, (String,)>("echo", (text.as_str(),), times).0;
    Text::of(&guest.text)
}

/// The answer, `count` rows, lives until the next call.
#[unsafe(no_mangle)]
pub extern "C" fn floor_rows(guest: &mut Guest, count: u32, times: u32) -> *const Row {
    guest.rows = guest.repeat::<_, (Vec<guest::Row>,)>("rows", (count,), times).0;
    guest.views = guest.rows.iter().map(|row| Row { id: row.id, message: Text::of(&row.message) }).collect();
    guest.views.as_ptr()
}

#[unsafe(no_mangle)]
pub extern "C" fn floor_evaluate(guest: &mut Guest, expression: Text, times: u32) -> f64 {
    guest.repeat::<_, (f64,)>("evaluate", (expression.as_str(),), times).0
}

/// Copy `data` to `target`, by the function that copies into guests.
///
/// # Safety
///
/// `target` has room for as many bytes, which nothing else refers to during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn floor_copy(data: Text, target: *mut u8, times: u32) {
    let data = data.as_bytes();
    // SAFETY: the caller promises it.
    let target = unsafe { slice::from_raw_parts_mut(target, data.len()) };
    for _ in 0..times {
        black_box(&mut *target).copy_from_slice(black_box(data));
    }
}
