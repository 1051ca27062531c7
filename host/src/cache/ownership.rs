//! Whether a file or folder is for this user alone, or root, to change.

#[cfg_attr(unix, path = "ownership/unix.rs")]
#[cfg_attr(not(unix), path = "ownership/other.rs")]
mod system;

use std::path::PathBuf;

pub(super) use self::system::{check, path_of, reading, secure, writing};

/// Who else could change a file or folder.
#[derive(Debug, thiserror::Error)]
#[cfg_attr(not(unix), expect(dead_code, reason = "elsewhere nobody is asked"))]
pub(super) enum Exposed {
    #[error("belongs to user {0}")]
    Foreign(u32),
    #[error("can be written by others (mode {0:o})")]
    Writable(u32),
}

/// Why a folder is not used.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unfit {
    #[cfg_attr(not(unix), expect(dead_code, reason = "as above"))]
    #[error("{} {exposed}", place.display())]
    Exposed { place: PathBuf, exposed: Exposed },
    #[error("{}: {error}", place.display())]
    System { place: PathBuf, error: std::io::Error },
}
