//! Whose turn it is to compile a component that several processes or threads want at once.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use super::folder::Folder;
use super::key::Key;
use super::lock::Lock;

/// How long compiling takes on a slow machine: a part, and one for each MiB of the component.
const START: Duration = Duration::from_secs(2);
const MEBIBYTE: Duration = Duration::from_secs(2);

/// The right to compile a component.
pub(super) struct Turn {
    path: PathBuf,
    _lock: Lock,
}

impl Turn {
    /// Wait for the turn; `None` if that took as long as compiling takes.
    ///
    /// Who compiles began earlier, so waiting is shorter than compiling unless that process is stopped. Then the wait
    /// was in vain, but no longer than the work that follows.
    pub(super) fn take(folder: &Folder, key: &Key, wasm: usize) -> io::Result<Option<Self>> {
        let mebibytes = u32::try_from(wasm >> 20).unwrap_or(u32::MAX);
        let path = folder.turn(key);
        let lock = Lock::take(&path, START.saturating_add(MEBIBYTE.saturating_mul(mebibytes)))?;
        Ok(lock.map(|lock| Self { path, _lock: lock }))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Somebody may wait for the file that goes, and another one make it again: both have their turn, at worst at once,
        // and find the entry.
        let _ = fs::remove_file(&self.path);
    }
}
