//! By where it is: the system keeps other users out of a user's folders, of which the cache is one.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::{Exposed, Unfit};

/// How an entry is opened: nobody may change, replace or remove it while it is open.
pub(crate) fn reading() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt as _;
        const GENERIC_READ: u32 = 0x8000_0000;
        const FILE_WRITE_ATTRIBUTES: u32 = 0x0100; // the time of the last use is written
        const FILE_SHARE_READ: u32 = 1;
        options.access_mode(GENERIC_READ | FILE_WRITE_ATTRIBUTES).share_mode(FILE_SHARE_READ);
    }
    options
}

/// How a file is opened to be locked.
pub(crate) fn writing() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    options
}

/// A path that leads to an open file for as long as it is open.
pub(crate) fn path_of(_: &File, path: &Path) -> Option<PathBuf> {
    cfg!(windows).then(|| path.to_owned())
}

/// Check that only this user may change a file.
#[expect(clippy::unnecessary_wraps, reason = "as on other systems")]
pub(crate) fn check(_: &Metadata) -> Result<(), Exposed> {
    Ok(())
}

/// The path of a folder that only this user may change.
///
/// Folders that are missing are made if `create` says so; otherwise there is `None`.
pub(crate) fn secure(path: &Path, create: bool) -> Result<Option<PathBuf>, Unfit> {
    let made = if create { fs::create_dir_all(path) } else { Ok(()) };
    match made.and_then(|()| fs::metadata(path)).and_then(|_| std::path::absolute(path)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && !create => Ok(None),
        Err(error) => Err(Unfit::System { place: path.to_owned(), error }),
        Ok(path) => Ok(Some(path)),
    }
}
