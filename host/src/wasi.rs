//! What guests get of WASI 0.2: standard output, environment, the name of the current folder, randomness, and granted
//! folders. No network; clocks stand still, and timers end at once.

use std::path::PathBuf;
use std::time::Duration;

use pyo3::prelude::*;
use wasmtime::StoreContextMut;
use wasmtime::component::Linker;
use wasmtime_wasi::clocks::WasiClocksView as _;
use wasmtime_wasi::p2::bindings::clocks::monotonic_clock::Host as _;
use wasmtime_wasi::{FsPerms, HostMonotonicClock, HostWallClock, WasiCtx, WasiCtxBuilder};

use crate::guest::wasm::State;

/// A folder that a guest may use.
#[derive(FromPyObject)]
pub(crate) struct Folder {
    path: PathBuf,
    at: String,
    write: bool,
}

/// A clock that was not granted: it always shows zero.
struct Stopped;

impl HostWallClock for Stopped {
    fn resolution(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

impl HostMonotonicClock for Stopped {
    fn resolution(&self) -> u64 {
        1
    }

    fn now(&self) -> u64 {
        0
    }
}

/// Link WASI 0.2, with timers that match the clock.
///
/// A timer of a clock that stands still would never end, and the host would wait for it past any deadline; here it has
/// always ended.
pub(crate) fn link(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    wasmtime_wasi::p2::add_to_linker_sync(linker)?;
    linker.allow_shadowing(true);
    let mut clock = linker.instance("wasi:clocks/monotonic-clock@0.2.12")?;
    for timer in ["subscribe-duration", "subscribe-instant"] {
        clock.func_wrap(timer, |mut store: StoreContextMut<'_, State>, (_,): (u64,)| {
            Ok((store.data_mut().clocks().subscribe_duration(0)?,))
        })?;
    }
    linker.allow_shadowing(false);
    Ok(())
}

/// The WASI context of one instance.
pub(crate) fn context(folders: &[Folder], environment: &[(String, String)]) -> PyResult<WasiCtx> {
    let mut builder = WasiCtxBuilder::new();
    builder.inherit_stdout().inherit_stderr().envs(environment);
    // Calls are synchronous, and threads of a pool would be missing in a forked child.
    builder.allow_blocking_current_thread(true);
    builder.allow_tcp(false).allow_udp(false).allow_ip_name_lookup(false);
    builder.wall_clock(Stopped).monotonic_clock(Stopped);
    if let Ok(folder) = std::env::current_dir() {
        builder.initial_cwd(folder.to_string_lossy());
    }
    for folder in folders {
        let access = if folder.write { FsPerms::ReadWrite } else { FsPerms::ReadOnly };
        builder.preopened_dir(&folder.path, &folder.at, access).map_err(|error| {
            let message = format!("cannot grant the folder {}: {error}", folder.path.display());
            pyo3::exceptions::PyOSError::new_err(message)
        })?;
    }
    Ok(builder.build())
}
