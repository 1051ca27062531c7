//! Compiled code on disk, so that a component is compiled once for each machine and version.
//!
//! An entry holds the component's WIT and its machine code, and ends with a digest of both. Machine code is run without
//! further checks, so the folder is the user's alone and a damaged entry is as good as none.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use wasmtime::Engine;

/// Changes whenever the format of entries does.
const FORMAT: u32 = 1;
const DIGEST: usize = 32;

/// The compiled form of a component.
pub(crate) struct Entry {
    /// The component's world as a binary WIT package.
    pub wit: Vec<u8>,
    /// What `Component::serialize` made.
    pub code: Vec<u8>,
}

/// A folder of entries.
pub(crate) struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// The user's cache folder: `COMPONIUM_CACHE_DIR`, or `componium` in the platform's place for caches.
    pub(crate) fn of_user() -> Option<Self> {
        let named = std::env::var_os("COMPONIUM_CACHE_DIR").filter(|name| !name.is_empty()).map(PathBuf::from);
        let folder = named.or_else(|| dirs::cache_dir().map(|caches| caches.join("componium")))?;
        Some(Self { folder: folder.join("compiled") })
    }

    /// The name under which `engine`'s code for the component with this digest is kept.
    fn path(&self, engine: &Engine, digest: &str) -> PathBuf {
        let mut hasher = DefaultHasher::new();
        FORMAT.hash(&mut hasher);
        env!("CARGO_PKG_VERSION").hash(&mut hasher);
        // Covers wasmtime's version, its configuration and the processor's features.
        engine.precompile_compatibility_hash().hash(&mut hasher);
        self.folder.join(format!("{digest}-{:016x}", hasher.finish()))
    }

    /// The entry of a component, if there is a sound one.
    pub(crate) fn get(&self, engine: &Engine, digest: &str) -> Option<Entry> {
        let content = fs::read(self.path(engine, digest)).ok()?;
        let (body, checksum) = content.split_last_chunk::<DIGEST>()?;
        if Sha256::digest(body).as_slice() != checksum {
            return None;
        }
        let (length, rest) = body.split_first_chunk::<8>()?;
        let (wit, code) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        Some(Entry { wit: wit.to_vec(), code: code.to_vec() })
    }

    /// Keep an entry; a cache that cannot be written costs speed only.
    pub(crate) fn put(&self, engine: &Engine, digest: &str, entry: &Entry) {
        let _ = self.write(&self.path(engine, digest), entry);
    }

    fn write(&self, path: &Path, entry: &Entry) -> std::io::Result<()> {
        create_private(&self.folder)?;
        let length = (entry.wit.len() as u64).to_le_bytes();
        let mut digest = Sha256::new();
        // Renamed into place when complete: readers see all of an entry or none.
        let mut file = NamedTempFile::new_in(&self.folder)?;
        for part in [&length[..], &entry.wit, &entry.code] {
            digest.update(part);
            file.write_all(part)?;
        }
        file.write_all(&digest.finalize())?;
        file.persist(path)?;
        Ok(())
    }
}

#[cfg(unix)]
fn create_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create_private(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}
