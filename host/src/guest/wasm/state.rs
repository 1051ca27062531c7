//! What the host keeps for one instance while its guest runs.

use std::sync::Arc;
use std::time::{Duration, Instant};

use wasmtime::component::ResourceTable;
use wasmtime::{ResourceLimiter, Store, UpdateDeadline};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

use super::code::Limits;
use crate::engine::{self, TICK, engine};
use crate::host::Host;
use crate::interrupts;
use crate::output::Volume;

/// The data of a store.
pub(crate) struct State {
    wasi: WasiCtx,
    printed: Volume,
    table: ResourceTable,
    pub host: Arc<Host>,
    pub memory: Memory,
    pub deadline: Deadline,
    /// Whether the guest was granted folders.
    pub may_wait: bool,
}

/// The limit of linear memory and tables together, and how much was refused.
pub(crate) struct Memory {
    pub limit: usize,
    used: usize,
    /// The size that the guest asked for when it was last refused.
    pub refused: Option<usize>,
}

/// Most things of WASI that a guest may hold: open files and folders, streams, timers. Each file takes one of the descriptors
/// that the process may have, often a thousand.
const MOST_HELD: usize = 256;

/// How long one call may take.
pub(crate) struct Deadline {
    pub limit: Option<Duration>,
    /// When the current call was first seen running, at most a tick after it began.
    seen: Option<Instant>,
    /// What destructors took since the last call: an application drops many handles for one call.
    spent: Duration,
}

/// A call ran past its deadline.
#[derive(Debug, thiserror::Error)]
#[error("the call ran past its deadline")]
pub(crate) struct DeadlineExceeded;

impl WasiView for State {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl Memory {
    /// Whether `current` bytes may become `desired`.
    fn grow(&mut self, current: usize, desired: usize) -> bool {
        let total = self.used.saturating_sub(current).saturating_add(desired);
        let allowed = total <= self.limit;
        if allowed {
            self.used = total;
        } else {
            self.refused = Some(total);
        }
        allowed
    }
}

impl ResourceLimiter for Memory {
    fn memory_growing(&mut self, current: usize, desired: usize, _maximum: Option<usize>) -> wasmtime::Result<bool> {
        Ok(self.grow(current, desired))
    }

    fn table_growing(&mut self, current: usize, desired: usize, _maximum: Option<usize>) -> wasmtime::Result<bool> {
        // A table takes a pointer an element.
        let bytes = |elements: usize| elements.saturating_mul(size_of::<usize>());
        Ok(self.grow(bytes(current), bytes(desired)))
    }
}

impl Deadline {
    /// The guest calls the host, where no tick is seen.
    #[inline]
    pub(super) fn watch(&mut self) {
        if self.seen.is_none() {
            self.seen = Some(Instant::now());
        }
    }

    /// Called at every tick of a running guest, and when the host returns to it after a tick.
    pub(super) fn check(&mut self) -> wasmtime::Result<()> {
        let now = Instant::now();
        let seen = *self.seen.get_or_insert(now);
        match self.limit {
            Some(limit) if now.duration_since(seen) + self.spent + TICK >= limit => Err(DeadlineExceeded.into()),
            _ => Ok(()),
        }
    }
}

/// Begin to run guest code in `store`: its deadline counts from now.
#[inline]
pub(super) fn begin(store: &mut Store<State>) {
    let deadline = &mut store.data_mut().deadline;
    (deadline.seen, deadline.spent) = (None, Duration::ZERO);
    store.data().printed.reset();
    store.set_epoch_deadline(1);
    engine::runs();
}

/// Run a destructor in `store`: all of them between two calls have the time of one call.
pub(super) fn destroy<R>(store: &mut Store<State>, body: impl FnOnce(&mut Store<State>) -> R) -> R {
    let began = Instant::now();
    store.data_mut().deadline.seen = Some(began);
    store.set_epoch_deadline(1);
    engine::runs();
    let result = body(store);
    store.data_mut().deadline.spent += began.elapsed();
    result
}

/// A store with limits set.
pub(super) fn store(wasi: WasiCtx, printed: Volume, host: Arc<Host>, limits: &Limits) -> Store<State> {
    let mut table = ResourceTable::new();
    table.set_max_capacity(MOST_HELD);
    let state = State {
        wasi,
        printed,
        table,
        host,
        memory: Memory { limit: limits.memory, used: 0, refused: None },
        deadline: Deadline { limit: limits.deadline, seen: None, spent: Duration::ZERO },
        may_wait: !limits.folders.is_empty(),
    };
    let mut store = Store::new(engine(), state);
    store.limiter(|state| &mut state.memory);
    store.epoch_deadline_callback(|mut context| {
        engine::runs();
        interrupts::tick()?;
        context.data_mut().deadline.check()?;
        Ok(UpdateDeadline::Continue(1))
    });
    store
}
