//! The engine that all components share, and the thread that lets it interrupt them.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::{self, Thread};
use std::time::Duration;

use wasmtime::{Config, Engine, WasmBacktraceDetails};

/// How often a running guest is looked at: the resolution of deadlines.
pub(crate) const TICK: Duration = Duration::from_millis(10);
/// Ticks without a running guest before the thread goes to sleep.
const IDLE: u32 = 100;

/// Calls under way in this process.
static RUNNING: AtomicUsize = AtomicUsize::new(0);
/// The ticking thread, while it sleeps.
static SLEEPING: Mutex<Option<Thread>> = Mutex::new(None);
/// Whether `SLEEPING` holds a thread, so that a call need not lock it.
static ASLEEP: AtomicBool = AtomicBool::new(false);

static ENGINE: OnceLock<Engine> = OnceLock::new();

/// The engine: epoch interruption on, native stack traces of guests on.
pub(crate) fn engine() -> &'static Engine {
    ENGINE.get_or_init(|| {
        let mut config = Config::new();
        config.epoch_interruption(true);
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
            idle = if RUNNING.load(Ordering::SeqCst) > 0 { 0 } else { idle + 1 };
            if idle == IDLE {
                sleep();
                idle = 0;
            }
        }
    };
    thread::Builder::new().name("componium-ticker".into()).spawn(tick).expect("the system can start a thread");
}

/// Sleep until a call starts.
fn sleep() {
    *lock() = Some(thread::current());
    ASLEEP.store(true, Ordering::SeqCst);
    // A call that started before it could see `ASLEEP` is seen here.
    while ASLEEP.load(Ordering::SeqCst) && RUNNING.load(Ordering::SeqCst) == 0 {
        thread::park();
    }
    ASLEEP.store(false, Ordering::SeqCst);
}

fn lock() -> std::sync::MutexGuard<'static, Option<Thread>> {
    SLEEPING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Start the thread again in a child process: `fork` copies only the thread that calls it.
pub(crate) fn after_fork() {
    if let Some(engine) = ENGINE.get() {
        RUNNING.store(0, Ordering::SeqCst);
        ASLEEP.store(false, Ordering::SeqCst);
        start(engine);
    }
}

/// A call under way: while one lives, the engine ticks.
pub(crate) struct Ticking;

impl Ticking {
    #[inline]
    pub(crate) fn new() -> Self {
        RUNNING.fetch_add(1, Ordering::SeqCst);
        if ASLEEP.load(Ordering::SeqCst) {
            wake();
        }
        Self
    }
}

impl Drop for Ticking {
    #[inline]
    fn drop(&mut self) {
        RUNNING.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cold]
fn wake() {
    ASLEEP.store(false, Ordering::SeqCst);
    if let Some(thread) = lock().take() {
        thread.unpark();
    }
}
