//! What crosses the library's boundary: the structures of `workloads.h`.

use std::{slice, str};

/// Bytes, most often of UTF-8 text, that whoever hands them over keeps alive for the call.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Text {
    start: *const u8,
    length: usize,
}

/// One line of a log.
#[repr(C)]
pub struct Row {
    pub id: u64,
    pub message: Text,
}

impl Text {
    pub(crate) fn of(text: &str) -> Self {
        Self { start: text.as_ptr(), length: text.len() }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        // SAFETY: `Text` says so.
        unsafe { slice::from_raw_parts(self.start, self.length) }
    }

    /// The text, of which Python has made UTF-8.
    pub(crate) fn as_str(&self) -> &str {
        str::from_utf8(self.as_bytes()).expect("text is UTF-8")
    }
}
