//! Locks between processes, and between threads of one.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::ownership;

/// How long the first and the longest pause between two tries are.
const PAUSES: (Duration, Duration) = (Duration::from_millis(1), Duration::from_millis(20));

/// A locked file. The system unlocks it when its process ends, however it ends.
pub(super) struct Lock(File);

impl Lock {
    /// Lock a file, which is made if it is missing; `None` if somebody holds it for longer than `patience`.
    pub(super) fn take(path: &Path, patience: Duration) -> io::Result<Option<Self>> {
        let file = ownership::writing().open(path)?;
        let (started, mut pause) = (Instant::now(), PAUSES.0);
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Some(Self(file))),
                Err(TryLockError::Error(error)) => return Err(error),
                Err(TryLockError::WouldBlock) if started.elapsed() >= patience => return Ok(None),
                Err(TryLockError::WouldBlock) => thread::sleep(pause),
            }
            pause = PAUSES.1.min(pause * 2);
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a process that was forked meanwhile has the file open too.
        let _ = self.0.unlock();
    }
}
