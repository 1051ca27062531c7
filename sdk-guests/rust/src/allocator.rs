//! The memory allocator of plugins.
//!
//! Without it, std takes the C library's. That of zig 0.17 loses 64 KiB whenever a block shrinks from more than 32 KiB
//! to less, which bindings do for each text that they return: it keeps the block in place, and on `free` takes it for a
//! small one.

use dlmalloc::GlobalDlmalloc;

#[global_allocator]
static ALLOCATOR: GlobalDlmalloc = GlobalDlmalloc;
