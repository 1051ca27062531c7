//! The native stack of a thread on which guests call guests, through host functions.
//!
//! wasmtime bounds the stack of one call of a guest (`Config::max_wasm_stack`), and sees neither the calls that are under way
//! in other stores of the same thread nor how large the stack is.

use std::cell::Cell;

/// Bytes of stack that one call of a guest may use: wasmtime's own default, said because `NEEDED` depends on it.
pub(crate) const GUEST: usize = 512 << 10;
/// Bytes that must be left where a guest is entered: the guest's own, and some for the host functions that it calls.
pub(crate) const NEEDED: usize = GUEST + (256 << 10);
/// What a stack is taken to have left where the system does not tell.
const UNKNOWN: usize = 1 << 20;

thread_local! {
    /// The lowest address at which this thread may enter a guest, as stacks grow downwards; 0 if not asked for yet.
    static LOWEST: Cell<usize> = const { Cell::new(0) };
}

/// Whether this thread's stack has room for a call of a guest.
#[inline]
pub(crate) fn has_room() -> bool {
    let marker = 0_u8;
    let here = std::ptr::from_ref(&marker).addr();
    let lowest = match LOWEST.get() {
        0 => measure(here),
        lowest => lowest,
    };
    here >= lowest
}

/// Ask the system for the stack's bounds.
#[cold]
fn measure(here: usize) -> usize {
    let left = stacker::remaining_stack().unwrap_or(UNKNOWN);
    let lowest = here.saturating_sub(left).saturating_add(NEEDED);
    LOWEST.set(lowest);
    lowest
}
