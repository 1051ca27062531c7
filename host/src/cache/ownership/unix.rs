//! By owner and mode, of every folder and symbolic link on the way.
//!
//! Who may write to a folder may rename what is in it, so every parent counts. In a folder with the sticky bit, such as
//! `/tmp`, only the owners of an entry and of the folder may: those are checked.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Component, Path, PathBuf};

use rustix::fs::OFlags;

use super::{Exposed, Unfit};

/// As many symbolic links as Linux follows.
const LINKS: u32 = 40;
const ROOT: u32 = 0;
const STICKY: u32 = 0o1000;
const WRITABLE: u32 = 0o022;

/// How files are opened: not through symbolic links, and without waiting for the other end of a pipe.
fn options() -> OpenOptions {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let mut options = OpenOptions::new();
    options.custom_flags(flags.bits().cast_signed());
    options
}

/// How an entry is opened.
pub(crate) fn reading() -> OpenOptions {
    let mut options = options();
    options.read(true);
    options
}

/// How a file is opened to be locked.
pub(crate) fn writing() -> OpenOptions {
    let mut options = options();
    options.write(true).create(true).truncate(false).mode(0o600);
    options
}

/// A path that leads to an open file for as long as it is open.
pub(crate) fn path_of(file: &File, _: &Path) -> Option<PathBuf> {
    let folder = if cfg!(any(target_os = "linux", target_os = "android")) { "/proc/self/fd" } else { "/dev/fd" };
    let path = Path::new(folder).join(file.as_raw_fd().to_string());
    let (opened, named) = (file.metadata().ok()?, fs::metadata(&path).ok()?);
    ((opened.dev(), opened.ino()) == (named.dev(), named.ino())).then_some(path)
}

/// Check that only this user and root may change a file or folder.
pub(crate) fn check(metadata: &Metadata) -> Result<(), Exposed> {
    check_owner(metadata)?;
    if metadata.mode() & WRITABLE == 0 { Ok(()) } else { Err(Exposed::Writable(metadata.mode() & 0o7777)) }
}

fn check_owner(metadata: &Metadata) -> Result<(), Exposed> {
    let owners = [ROOT, rustix::process::geteuid().as_raw()];
    if owners.contains(&metadata.uid()) { Ok(()) } else { Err(Exposed::Foreign(metadata.uid())) }
}

/// The path without symbolic links of a folder that only this user and root may change, move or replace.
///
/// Folders that are missing are made, for this user alone, if `create` says so; otherwise there is `None`.
pub(crate) fn secure(path: &Path, create: bool) -> Result<Option<PathBuf>, Unfit> {
    let system = |place: &Path| {
        let place = place.to_owned();
        |error| Unfit::System { place, error }
    };
    let mut place = PathBuf::from("/");
    let mut ahead = names(&std::path::absolute(path).map_err(system(path))?);
    let mut links = 0;
    let mut metadata = fs::symlink_metadata(&place).map_err(system(&place))?;
    while let Some(name) = ahead.pop() {
        check_parent(&metadata).map_err(|exposed| Unfit::Exposed { place: place.clone(), exposed })?;
        if name == ".." {
            place.pop();
        } else {
            let next = place.join(&name);
            let mut found = fs::symlink_metadata(&next);
            if matches!(&found, Err(error) if error.kind() == io::ErrorKind::NotFound) {
                if !create {
                    return Ok(None);
                }
                found = make(&next).and_then(|()| fs::symlink_metadata(&next));
            }
            metadata = found.map_err(system(&next))?;
            check_owner(&metadata).map_err(|exposed| Unfit::Exposed { place: next.clone(), exposed })?;
            if metadata.is_symlink() {
                links += 1;
                if links > LINKS {
                    return Err(system(&next)(io::Error::from(rustix::io::Errno::LOOP)));
                }
                let target = fs::read_link(&next).map_err(system(&next))?;
                if target.is_absolute() {
                    place = PathBuf::from("/");
                }
                ahead.extend(names(&target));
            } else if metadata.is_dir() {
                place = next;
            } else {
                return Err(system(&next)(io::Error::from(rustix::io::Errno::NOTDIR)));
            }
        }
        metadata = fs::symlink_metadata(&place).map_err(system(&place))?;
    }
    check(&metadata).map_err(|exposed| Unfit::Exposed { place: place.clone(), exposed })?;
    Ok(Some(place))
}

/// The names of a path, the last first.
fn names(path: &Path) -> Vec<OsString> {
    let kept = |component: &Component<'_>| matches!(component, Component::Normal(_) | Component::ParentDir);
    path.components().rev().filter(kept).map(|component| component.as_os_str().to_owned()).collect()
}

/// Check that only this user and root may rename or replace what they own in a folder.
fn check_parent(metadata: &Metadata) -> Result<(), Exposed> {
    if metadata.mode() & STICKY == 0 { check(metadata) } else { check_owner(metadata) }
}

/// Make a folder for this user alone, unless another process was faster.
fn make(path: &Path) -> io::Result<()> {
    match DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}
