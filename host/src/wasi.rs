//! What guests get of WASI 0.2: standard output, environment, the name of the current folder, randomness, and granted
//! folders, of which only files and folders can be opened. No network; clocks stand still, and timers end at once.

use std::path::PathBuf;
use std::time::Duration;

use pyo3::prelude::*;
use wasmtime::StoreContextMut;
use wasmtime::component::{Linker, Resource};
use wasmtime_wasi::clocks::WasiClocksView as _;
use wasmtime_wasi::filesystem::{WasiFilesystemCtxView, WasiFilesystemView as _};
use wasmtime_wasi::p2::FsResult;
use wasmtime_wasi::p2::bindings::clocks::monotonic_clock::Host as _;
use wasmtime_wasi::p2::bindings::sync::filesystem::types::{
    Descriptor, DescriptorFlags, DescriptorType as Type, ErrorCode, HostDescriptor as _, OpenFlags, PathFlags,
};
use wasmtime_wasi::{FsPerms, HostMonotonicClock, HostWallClock, WasiCtx, WasiCtxBuilder};

use crate::guest::wasm::State;
use crate::output::Output;

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
    let mut files = linker.instance("wasi:filesystem/types@0.2.12")?;
    files.func_wrap(
        "[method]descriptor.open-at",
        |mut store: StoreContextMut<'_, State>, opening: Opening| match open(
            &mut store.data_mut().filesystem(),
            opening,
        ) {
            Ok(opened) => Ok((Ok(opened),)),
            Err(error) => Ok((Err(ErrorCode::from(error.downcast()?)),)),
        },
    )?;
    linker.allow_shadowing(false);
    Ok(())
}

/// What a guest opens: in which folder, how and what, as what.
type Opening = (Resource<Descriptor>, PathFlags, String, OpenFlags, DescriptorFlags);

/// Open a file or a folder, and nothing else: opening or reading a named pipe or a device may wait for ever.
///
/// What is there is looked at before it is opened: whoever may change the folder meanwhile, which no guest can while it is
/// here, can put a pipe there.
fn open(
    files: &mut WasiFilesystemCtxView<'_>,
    (folder, follow, path, how, access): Opening,
) -> FsResult<Resource<Descriptor>> {
    // Whatever is wrong with the path, opening it says.
    if let Ok(status) = files.stat_at(Resource::new_borrow(folder.rep()), follow, path.clone())
        && !matches!(status.type_, Type::Directory | Type::RegularFile | Type::SymbolicLink)
    {
        return Err(wasmtime_wasi::p2::bindings::filesystem::types::ErrorCode::NotPermitted.into());
    }
    files.open_at(folder, follow, path, how, access)
}

/// The WASI context of one instance.
pub(crate) fn context(
    (stdout, stderr): (Output, Output),
    folders: &[Folder],
    environment: &[(String, String)],
) -> PyResult<WasiCtx> {
    let mut builder = WasiCtxBuilder::new();
    builder.stdout(stdout).stderr(stderr).envs(environment);
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
