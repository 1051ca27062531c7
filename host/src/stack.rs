//! The native stack of a thread on which guests call guests, through host functions.
//!
//! wasmtime bounds the stack of one call of a guest (`Config::max_wasm_stack`, half a mebibyte), and does not see the
//! calls that are under way in other stores of the same thread.

use std::cell::Cell;

/// Most bytes of a thread's stack that may be in use when a guest is entered. Stacks are of 8 MiB or more, on Windows of
/// 2 MB; the guest and the host functions that it calls need the rest.
const MOST: usize = if cfg!(windows) { 512 << 10 } else { 5 << 20 };

thread_local! {
    /// The address nearest to the stack's beginning from which this thread has entered a guest; stacks grow downwards.
    static BEGINNING: Cell<usize> = const { Cell::new(0) };
}

/// Whether this thread's stack has room for a call of a guest.
#[inline]
pub(crate) fn has_room() -> bool {
    let marker = 0_u8;
    let here = std::ptr::from_ref(&marker).addr();
    let beginning = BEGINNING.get().max(here);
    BEGINNING.set(beginning);
    beginning - here < MOST
}
