//! Compiled code on disk, so that a component is compiled once for each machine and version.
//!
//! An entry is two files: the machine code, and a record with the component's WIT and a digest of the code. Machine code is
//! run without further checks, so the folder is the user's alone and a damaged entry is as good as none.

use std::collections::hash_map::DefaultHasher;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use wasmtime::Engine;

/// Changes whenever the format of entries does.
const FORMAT: u32 = 2;

/// The compiled form of a component.
pub(crate) struct Entry {
    /// The component's world as a binary WIT package.
    pub wit: Vec<u8>,
    /// The file with what `Component::serialize` made; it is replaced as a whole or not at all.
    pub code: PathBuf,
}

/// The entry of one component for one engine, which may not be there yet.
pub(crate) struct Slot {
    code: PathBuf,
    record: PathBuf,
}

/// The user's cache folder: `COMPONIUM_CACHE_DIR`, or `componium` in the platform's place for caches.
fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("COMPONIUM_CACHE_DIR").filter(|name| !name.is_empty()).map(PathBuf::from);
    let folder = named.or_else(|| dirs::cache_dir().map(|caches| caches.join("componium")))?;
    Some(folder.join("compiled"))
}

impl Slot {
    /// The place of `wasm` as compiled by `engine`; `None` where the user has no cache folder.
    pub(crate) fn of(engine: &Engine, wasm: &[u8]) -> Option<Self> {
        let mut hasher = DefaultHasher::new();
        FORMAT.hash(&mut hasher);
        env!("CARGO_PKG_VERSION").hash(&mut hasher);
        // Covers wasmtime's version, its configuration and the processor's features.
        engine.precompile_compatibility_hash().hash(&mut hasher);
        let base = folder()?.join(format!("{}-{:016x}", blake3::hash(wasm).to_hex(), hasher.finish()));
        Some(Self { code: base.with_extension("code"), record: base.with_extension("record") })
    }

    /// The entry, if there is a sound one.
    pub(crate) fn get(&self) -> Option<Entry> {
        let record = fs::read(&self.record).ok()?;
        let (digests, wit) = record.split_at_checked(2 * blake3::OUT_LEN)?;
        let (of_wit, of_code) = digests.split_at(blake3::OUT_LEN);
        let mut hasher = blake3::Hasher::new();
        io::copy(&mut File::open(&self.code).ok()?, &mut hasher).ok()?;
        let sound = blake3::hash(wit).as_bytes() == of_wit && hasher.finalize().as_bytes() == of_code;
        sound.then(|| Entry { wit: wit.to_vec(), code: self.code.clone() })
    }

    /// Keep an entry; a cache that cannot be written costs speed only.
    pub(crate) fn put(&self, wit: &[u8], code: &[u8]) {
        let digests = [*blake3::hash(wit).as_bytes(), *blake3::hash(code).as_bytes()].concat();
        // The record comes last: until it is there, there is no entry.
        let _ = write(&self.code, &[code]).and_then(|()| write(&self.record, &[&digests, wit]));
    }
}

/// Write a file that readers see whole or not at all.
fn write(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    create_private(folder)?;
    let mut file = NamedTempFile::new_in(folder)?;
    for part in parts {
        file.write_all(part)?;
    }
    file.persist(path)?;
    Ok(())
}

#[cfg(unix)]
fn create_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}
