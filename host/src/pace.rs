//! How long calls of a function last, and so whether to let the interpreter go meanwhile.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// One call in so many is timed, as long as calls are short: looking at the clock twice costs a fifth of a short call.
const SAMPLE: u32 = 64;
/// Calls that last longer are worth it. To let the interpreter go and take it again costs less than a microsecond, but
/// may mean to wait for a thread of Python code to pause, which it does every 5 ms (`sys.getswitchinterval`).
const LONG: u32 = 50_000;

/// What is known about the calls of one function, by all threads and instances.
///
/// The numbers are estimates: a lost update does no harm.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    /// Nanoseconds, the last calls counting most.
    average: AtomicU32,
}

/// The calls of one function of one instance: counted apart, as threads that call other instances would otherwise pass one
/// cache line to and fro.
#[derive(Debug, Default)]
pub(crate) struct Count(AtomicU32);

impl Pace {
    /// Whether calls are long.
    #[inline]
    pub(crate) fn is_long(&self) -> bool {
        self.average.load(Ordering::Relaxed) >= LONG
    }

    /// Whether to time the call that begins.
    #[inline]
    pub(crate) fn is_sample(&self, count: &Count) -> bool {
        let calls = count.0.load(Ordering::Relaxed);
        count.0.store(calls.wrapping_add(1), Ordering::Relaxed);
        calls.is_multiple_of(SAMPLE) || self.is_long()
    }

    /// Take note of how long a call took.
    pub(crate) fn note(&self, took: Duration) {
        let nanoseconds = u32::try_from(took.as_nanos()).unwrap_or(u32::MAX);
        let average = self.average.load(Ordering::Relaxed);
        self.average.store(average - average / 4 + nanoseconds / 4, Ordering::Relaxed);
    }
}
