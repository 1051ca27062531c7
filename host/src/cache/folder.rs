//! The folder of the cache: its files, and how much there is of them.

use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::entry::Parts;
use super::key::Key;
use super::lock::Lock;
use super::ownership;
use super::problem::Problem;

/// How long to wait for somebody who writes; that takes a tenth of a second.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the files of a key are called after it: the entry, one that is being written, who compiles it.
const ENTRY: &str = "code";
const PART: &str = "part";
const TURN: &str = "turn";

/// The folder, which only this user and root can change.
pub(super) struct Folder(PathBuf);

/// The file of an entry.
pub(super) struct Stored {
    pub path: PathBuf,
    pub key: Key,
    pub size: u64,
    pub used: SystemTime,
}

impl Folder {
    /// Where it is: in `COMPONIUM_CACHE_DIR`, or in `componium` in the platform's place for a user's caches.
    pub(super) fn location() -> Option<PathBuf> {
        let named = std::env::var_os("COMPONIUM_CACHE_DIR").filter(|name| !name.is_empty()).map(PathBuf::from);
        let folder = named.or_else(|| dirs::cache_dir().map(|caches| caches.join("componium")))?;
        Some(folder.join("compiled"))
    }

    /// Open it, after checking who could change it; `None` where there is none.
    pub(super) fn open(create: bool) -> Result<Option<Self>, Problem> {
        let Some(location) = Self::location() else { return Ok(None) };
        Ok(ownership::secure(&location, create).map_err(Problem::Unfit)?.map(Self))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// The file of a key's entry.
    pub(super) fn entry(&self, key: &Key) -> PathBuf {
        self.0.join(key.hex()).with_extension(ENTRY)
    }

    /// The file that is locked by who compiles what the key stands for.
    pub(super) fn turn(&self, key: &Key) -> PathBuf {
        self.0.join(key.hex()).with_extension(TURN)
    }

    /// Keep an entry, and the folder within `limit` bytes.
    pub(super) fn keep(&self, key: &Key, parts: &Parts<'_>, limit: u64) -> Result<(), Problem> {
        let size = parts.size();
        if limit == 0 {
            return Ok(());
        }
        if size > limit {
            return Err(Problem::Large { name: parts.name.to_owned(), size });
        }
        let _lock = self.lock()?;
        let written = self.make_room(limit - size).and_then(|()| self.write(key, parts));
        written.map_err(|error| Problem::unwritable(self, &error))
    }

    /// Remove all entries and what was left behind; how many entries, and of how many bytes.
    pub(super) fn clear(&self) -> Result<(usize, u64), Problem> {
        let _lock = self.lock()?;
        let removed = self.stored().and_then(|stored| {
            self.make_room(0)?;
            let gone = |stored: &&Stored| !stored.path.exists();
            Ok(stored.iter().filter(gone).fold((0, 0), |(count, size), stored| (count + 1, size + stored.size)))
        });
        removed.map_err(|error| Problem::unwritable(self, &error))
    }

    /// The files of entries, sound or not.
    pub(super) fn stored(&self) -> io::Result<Vec<Stored>> {
        let stored = |(file, key): (DirEntry, Key)| {
            // Somebody may remove it meanwhile.
            let metadata = file.metadata().ok()?;
            Some(Stored { path: file.path(), key, size: metadata.len(), used: metadata.modified().ok()? })
        };
        Ok(self.files(ENTRY)?.filter_map(stored).collect())
    }

    /// Lock the folder, to write or remove entries.
    fn lock(&self) -> Result<Lock, Problem> {
        let lock = Lock::take(&self.0.join("lock"), PATIENCE).map_err(|error| Problem::unwritable(self, &error))?;
        lock.ok_or_else(|| Problem::Busy { folder: self.0.clone() })
    }

    /// Remove the entries that were not used for longest, until the others take up no more than `allowed` bytes.
    ///
    /// Who reads or runs one goes on with it: a file is gone when the last process has closed it. Windows refuses to
    /// remove it.
    fn make_room(&self, allowed: u64) -> io::Result<()> {
        // Under the lock nobody writes, so these are of processes that were killed.
        for (file, _) in self.files(PART)? {
            let _ = fs::remove_file(file.path());
        }
        for (file, _) in self.files(TURN)? {
            if let Ok(Some(_free)) = Lock::take(&file.path(), Duration::ZERO) {
                let _ = fs::remove_file(file.path());
            }
        }
        let mut stored = self.stored()?;
        stored.sort_by_key(|stored| stored.used);
        let mut size: u64 = stored.iter().map(|stored| stored.size).sum();
        for oldest in stored {
            if size <= allowed {
                break;
            }
            if fs::remove_file(&oldest.path).is_ok() {
                size -= oldest.size;
            }
        }
        Ok(())
    }

    /// Write an entry, which others see whole or not at all. After a power failure it may be damaged: that is found when
    /// it is read, and waiting for the disk here would cost more than compiling once more then.
    fn write(&self, key: &Key, parts: &Parts<'_>) -> io::Result<()> {
        let (prefix, suffix) = (format!("{}.", key.hex()), format!(".{PART}"));
        let mut file = tempfile::Builder::new().prefix(&prefix).suffix(&suffix).tempfile_in(&self.0)?;
        parts.write(key, file.as_file_mut())?;
        file.persist(self.entry(key))?;
        Ok(())
    }

    /// The files of keys that are called `extension`; any others in the folder are not the cache's.
    fn files(&self, extension: &str) -> io::Result<impl Iterator<Item = (DirEntry, Key)>> {
        let suffix = format!(".{extension}");
        let of_key = move |file: io::Result<DirEntry>| {
            let file = file.ok()?;
            let key = Key::parse(file.file_name().to_str()?.strip_suffix(&suffix)?.split('.').next()?)?;
            Some((file, key))
        };
        Ok(fs::read_dir(&self.0)?.filter_map(of_key))
    }
}
