//! A guest of the benchmark, called as a host in Rust calls it.

use std::hint::black_box;

use wasmtime::component::{Component, ComponentNamedList, ComponentType, Instance, Lift, Linker, Lower, ResourceTable};
use wasmtime::{Config, Engine, Result, Store, WasmBacktraceDetails};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

use crate::text;

const INTERFACE: &str = "componium:bench/workloads@0.1.0";

/// An instance in a store of its own, with the memory of its last answer.
pub struct Guest {
    store: Store<State>,
    instance: Instance,
    pub(crate) text: String,
    pub(crate) rows: Vec<Row>,
    pub(crate) views: Vec<text::Row>,
}

/// `row` of the WIT.
#[derive(ComponentType, Lift)]
#[component(record)]
pub(crate) struct Row {
    pub id: u64,
    pub message: String,
}

struct State {
    wasi: WasiCtx,
    table: ResourceTable,
}

impl WasiView for State {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl Guest {
    /// Compile and instantiate with the configuration of the host's engine; nothing interrupts the guest.
    pub(crate) fn open(path: &str) -> Result<Self> {
        let mut config = Config::new();
        config.epoch_interruption(true);
        config.wasm_backtrace_details(WasmBacktraceDetails::Enable);
        let engine = Engine::new(&config)?;
        let component = Component::from_file(&engine, path)?;
        let mut linker = Linker::new(&engine);
        wasmtime_wasi::p2::add_to_linker_sync(&mut linker)?;
        let mut store = Store::new(&engine, State { wasi: WasiCtx::builder().build(), table: ResourceTable::new() });
        store.set_epoch_deadline(1); // the epoch never moves on
        let instance = linker.instantiate(&mut store, &component)?;
        Ok(Self { store, instance, text: String::new(), rows: Vec::new(), views: Vec::new() })
    }

    /// Call a function, once or more, and return the last answer.
    pub(crate) fn repeat<P, R>(&mut self, name: &str, parameters: P, times: u32) -> R
    where
        P: ComponentNamedList + Lower + Copy,
        R: ComponentNamedList + Lift + Send + Sync + 'static,
    {
        let interface = self.instance.get_export_index(&mut self.store, None, INTERFACE);
        let index = self.instance.get_export_index(&mut self.store, interface.as_ref(), name).expect("it is exported");
        let function = self.instance.get_typed_func::<P, R>(&mut self.store, index).expect("its type is in the WIT");
        let mut call = || function.call(&mut self.store, black_box(parameters)).expect("the guest does not trap");
        for _ in 1..times {
            black_box(call());
        }
        call()
    }
}
