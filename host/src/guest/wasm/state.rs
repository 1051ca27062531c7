//! What the host keeps for one instance while its guest runs.

use std::sync::Arc;
use std::time::{Duration, Instant};

use wasmtime::component::ResourceTable;
use wasmtime::{ResourceLimiter, Store, UpdateDeadline};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

use crate::engine::{self, TICK, engine};
use crate::host::Host;
use crate::interrupts;

/// The data of a store.
pub(crate) struct State {
    wasi: WasiCtx,
    table: ResourceTable,
    pub host: Arc<Host>,
    pub memory: Memory,
    pub deadline: Deadline,
}

/// The limit of linear memory and tables together, and how much was refused.
pub(crate) struct Memory {
    pub limit: usize,
    used: usize,
    /// The size that the guest asked for when it was last refused.
    pub refused: Option<usize>,
}

/// How long one call may take.
pub(crate) struct Deadline {
    pub limit: Option<Duration>,
    /// When the current call was first seen running, at most a tick after it began.
    seen: Option<Instant>,
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
    /// Called at every tick of a running guest.
    fn check(&mut self) -> wasmtime::Result<UpdateDeadline> {
        let now = Instant::now();
        let seen = *self.seen.get_or_insert(now);
        match self.limit {
            Some(limit) if now.duration_since(seen) + TICK >= limit => Err(DeadlineExceeded.into()),
            _ => Ok(UpdateDeadline::Continue(1)),
        }
    }
}

/// Begin to run guest code in `store`: its deadline counts from now.
#[inline]
pub(super) fn begin(store: &mut Store<State>) {
    store.data_mut().deadline.seen = None;
    store.set_epoch_deadline(1);
    engine::runs();
}

/// A store with limits set.
pub(super) fn store(wasi: WasiCtx, host: Arc<Host>, memory: usize, deadline: Option<Duration>) -> Store<State> {
    let state = State {
        wasi,
        table: ResourceTable::new(),
        host,
        memory: Memory { limit: memory, used: 0, refused: None },
        deadline: Deadline { limit: deadline, seen: None },
    };
    let mut store = Store::new(engine(), state);
    store.limiter(|state| &mut state.memory);
    store.epoch_deadline_callback(|mut context| {
        engine::runs();
        interrupts::tick()?;
        context.data_mut().deadline.check()
    });
    store
}
