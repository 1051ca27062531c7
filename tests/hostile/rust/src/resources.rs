//! Resources of WASI, taken without end or beyond reason.

use crate::bindings::wasi::clocks::monotonic_clock::subscribe_duration;
use crate::bindings::wasi::filesystem::preopens::get_directories;
use crate::bindings::wasi::filesystem::types::{Descriptor, DescriptorFlags, OpenFlags, PathFlags};
use crate::bindings::wasi::io::poll::poll;
use crate::bindings::wasi::random::random::get_random_bytes;

const MINUTE: u64 = 60_000_000_000;

/// The granted folder.
fn folder() -> Descriptor {
    get_directories().swap_remove(0).0
}

fn open(path: &str, flags: OpenFlags) -> Descriptor {
    folder().open_at(PathFlags::empty(), path, flags, DescriptorFlags::READ).expect("the file is granted")
}

pub fn sleep_by_pollable() -> String {
    subscribe_duration(MINUTE).block();
    "slept".to_owned()
}

pub fn flood_pollables() -> String {
    loop {
        std::mem::forget(subscribe_duration(MINUTE));
    }
}

pub fn poll_a_crowd() -> String {
    let pollable = subscribe_duration(MINUTE);
    let crowd = vec![&pollable; 1 << 20];
    format!("{} are ready", poll(&crowd).len())
}

pub fn take_all_randomness() -> String {
    format!("{} bytes", get_random_bytes(u64::MAX).len())
}

pub fn read_beyond_all_memory() -> String {
    let file = open("plain.txt", OpenFlags::empty());
    match file.read(u64::MAX, 0) {
        Ok((bytes, _)) => format!("{} bytes", bytes.len()),
        Err(error) => format!("{error:?}"),
    }
}

pub fn flood_streams() -> String {
    let file = open("plain.txt", OpenFlags::empty());
    loop {
        match file.read_via_stream(0) {
            Ok(stream) => std::mem::forget(stream),
            Err(error) => return format!("{error:?}"),
        }
    }
}

/// Folders, since the host counts descriptors of its own for them.
pub fn flood_folders() -> String {
    let granted = folder();
    loop {
        match granted.open_at(PathFlags::empty(), "folder", OpenFlags::DIRECTORY, DescriptorFlags::READ) {
            Ok(opened) => std::mem::forget(opened),
            Err(error) => return format!("{error:?}"),
        }
    }
}

pub fn preopen_without_grant() -> String {
    format!("{} folders", get_directories().len())
}
