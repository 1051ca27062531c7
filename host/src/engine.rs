//! The engine that all components share, and the thread that lets it interrupt them.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::{self, Thread};
use std::time::Duration;

use wasmtime::{Config, Engine, WasmBacktraceDetails};

use crate::stack;

/// How often a running guest is looked at: the resolution of deadlines.
pub(crate) const TICK: Duration = Duration::from_millis(10);
/// Ticks without guest code before the thread goes to sleep.
const IDLE: u32 = 100;

/// How often the thread has ticked.
static TICKS: AtomicU32 = AtomicU32::new(0);
/// Whether guest code has run since the last tick.
static ACTIVE: AtomicBool = AtomicBool::new(false);
/// The ticking thread, while it sleeps.
static SLEEPING: Mutex<Option<Thread>> = Mutex::new(None);
/// Whether the thread sleeps or is about to.
static ASLEEP: AtomicBool = AtomicBool::new(false);

static ENGINE: OnceLock<Engine> = OnceLock::new();

/// The engine: epoch interruption on, native stack traces of guests on.
pub(crate) fn engine() -> &'static Engine {
    ENGINE.get_or_init(|| {
        let mut config = Config::new();
        config.epoch_interruption(true);
        config.max_wasm_stack(stack::GUEST);
        config.wasm_backtrace_details(WasmBacktraceDetails::Enable);
        let engine = Engine::new(&config).expect("wasmtime supports this machine");
        start(&engine);
        engine
    })
}

fn start(engine: &Engine) {
    let engine = engine.clone();
    let tick = move || {
        let mut idle = 0;
        loop {
            thread::sleep(TICK);
            engine.increment_epoch();
            TICKS.fetch_add(1, Ordering::Relaxed);
            idle = if ACTIVE.swap(false, Ordering::Relaxed) { 0 } else { idle + 1 };
            if idle == IDLE {
                sleep();
                idle = 0;
            }
        }
    };
    thread::Builder::new().name("componium-ticker".into()).spawn(tick).expect("the system can start a thread");
}

/// Sleep until a guest runs.
fn sleep() {
    *lock() = Some(thread::current());
    ASLEEP.store(true, Ordering::Relaxed);
    // A guest that began to run just now may not have seen `ASLEEP`. After a tick, each side sees what the other wrote:
    // that spares every call a memory barrier, which costs as much as a tenth of it.
    thread::sleep(TICK);
    while ASLEEP.load(Ordering::Relaxed) && !ACTIVE.load(Ordering::Relaxed) {
        thread::park();
    }
    ASLEEP.store(false, Ordering::Relaxed);
}

fn lock() -> std::sync::MutexGuard<'static, Option<Thread>> {
    SLEEPING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Start the thread again in a child process: `fork` copies only the thread that calls it.
pub(crate) fn after_fork() {
    if let Some(engine) = ENGINE.get() {
        ASLEEP.store(false, Ordering::Relaxed);
        start(engine);
    }
}

/// A number that changes at every tick: to tell at no cost that a while has passed since the engine began to tick.
#[inline]
pub(crate) fn ticks() -> u32 {
    TICKS.load(Ordering::Relaxed)
}

/// Guest code runs, or goes on: the engine ticks for at least as long as `IDLE` says.
#[inline]
pub(crate) fn runs() {
    // Read first: a write would take the cache line from threads that say the same.
    if !ACTIVE.load(Ordering::Relaxed) {
        ACTIVE.store(true, Ordering::Relaxed);
    }
    if ASLEEP.load(Ordering::Relaxed) {
        wake();
    }
}

#[cold]
fn wake() {
    ASLEEP.store(false, Ordering::Relaxed);
    if let Some(thread) = lock().take() {
        thread.unpark();
    }
}
