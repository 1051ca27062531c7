//! One file of the cache: machine code, and after it what is known of it.
//!
//! wasmtime maps the file, whose first part is an ELF object; it does not mind that more follows. The end has a fixed size:
//!
//! | field | bytes |
//! |---|---|
//! | the key | 32 |
//! | lengths of code, WIT and name, which come before in this order | 3 × 8 |
//! | digest of everything before it | 32 |

use std::fs::{File, Metadata};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::Misfit;
use super::key::Key;
use super::ownership::{self, Exposed};

const LENGTHS: usize = 3 * size_of::<u64>();
const END: usize = Key::LENGTH + LENGTHS + blake3::OUT_LEN;

/// How exactly the last use is known: a load writes to the disk no more often than this.
const PRECISION: Duration = Duration::from_hours(1);

/// Why an entry is not used.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unsound {
    #[error("its file {0}")]
    Exposed(#[from] Exposed),
    #[error("its file is not a regular file")]
    NotAFile,
    #[error("its file cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    #[error("its file is damaged")]
    Damaged,
    #[error("its file is of another component, machine or version")]
    Foreign,
    #[error("it does not fit this version: {0}")]
    Misfit(#[from] Misfit),
}

/// What an entry is made of.
pub(super) struct Parts<'a> {
    pub code: &'a [u8],
    pub wit: &'a [u8],
    /// What the component was called when it was compiled.
    pub name: &'a str,
}

impl Parts<'_> {
    /// Bytes of the file.
    pub(super) const fn size(&self) -> u64 {
        (self.code.len() + self.wit.len() + self.name.len() + END) as u64
    }

    /// Write the file.
    pub(super) fn write(&self, key: &Key, file: &mut impl Write) -> io::Result<()> {
        let lengths = [self.code.len(), self.wit.len(), self.name.len()].map(|length| (length as u64).to_le_bytes());
        let mut digest = blake3::Hasher::new();
        for part in [self.code, self.wit, self.name.as_bytes(), key.bytes(), lengths.as_flattened()] {
            digest.update(part);
            file.write_all(part)?;
        }
        file.write_all(digest.finalize().as_bytes())
    }
}

/// A sound entry, whose file stays open.
pub(crate) struct Entry {
    file: File,
    path: PathBuf,
    code: u64,
    modified: SystemTime,
    /// The component's world as a binary WIT package.
    pub wit: Vec<u8>,
}

impl Entry {
    /// The entry of a key, if there is one; its owner, mode and content have been checked.
    pub(super) fn open(path: &Path, key: &Key) -> Result<Option<Self>, Unsound> {
        let file = match ownership::reading().open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(_) if path.is_symlink() => return Err(Unsound::NotAFile),
            Err(error) => return Err(error.into()),
        };
        Self::check(file, path, key).map(Some)
    }

    fn check(mut file: File, path: &Path, key: &Key) -> Result<Self, Unsound> {
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(Unsound::NotAFile);
        }
        ownership::check(&metadata)?;
        let (code, mut tail) = read_tail(&mut file, metadata.len())?;
        file.rewind()?;
        let mut digest = blake3::Hasher::new();
        digest.update_reader((&file).take(code))?;
        let (hashed, expected) = tail.split_at(tail.len() - blake3::OUT_LEN);
        digest.update(hashed);
        if digest.finalize().as_bytes() != expected {
            return Err(Unsound::Damaged);
        }
        let (_, end) = tail.split_at(tail.len() - END);
        if !end.starts_with(key.bytes()) {
            return Err(Unsound::Foreign);
        }
        tail.truncate(length(end, 1).ok_or(Unsound::Damaged)?);
        Ok(Self { file, path: path.to_owned(), code, modified: metadata.modified()?, wit: tail })
    }

    /// What the component was called when it was compiled, as an entry says that has not been checked.
    pub(super) fn name(path: &Path) -> Option<String> {
        let mut file = ownership::reading().open(path).ok()?;
        let metadata = file.metadata().ok().filter(Metadata::is_file)?;
        let (_, tail) = read_tail(&mut file, metadata.len()).ok()?;
        let (known, end) = tail.split_at_checked(tail.len() - END)?;
        String::from_utf8(known.get(length(end, 1)?..)?.to_vec()).ok()
    }

    /// A path to the very file that was checked, whatever now has its name; `None` where the system has none.
    ///
    /// A guest in Python loads five times as fast from a mapped file as from memory, and processes share its pages.
    pub(crate) fn mappable(&self) -> Option<PathBuf> {
        ownership::path_of(&self.file, &self.path)
    }

    /// What `Component::serialize` made.
    pub(crate) fn code(&self) -> io::Result<Vec<u8>> {
        let (mut file, mut code) = (&self.file, Vec::new());
        file.rewind()?;
        file.take(self.code).read_to_end(&mut code)?;
        Ok(code)
    }

    /// Remember that it was used, for eviction.
    pub(super) fn note_use(&self) {
        // A time in the future is wrong: the clock was.
        if self.modified.elapsed().map_or(true, |since| since > PRECISION) {
            // Where it cannot be written, nothing is evicted either.
            let _ = self.file.set_modified(SystemTime::now());
        }
    }
}

/// The length of the code, and everything after the code.
fn read_tail(file: &mut File, size: u64) -> Result<(u64, Vec<u8>), Unsound> {
    let start = size.checked_sub(END as u64).ok_or(Unsound::Damaged)?;
    let mut end = [0; END];
    file.seek(SeekFrom::Start(start))?;
    file.read_exact(&mut end)?;
    let (wit, name) = length(&end, 1).zip(length(&end, 2)).ok_or(Unsound::Damaged)?;
    let known = wit.checked_add(name).ok_or(Unsound::Damaged)?;
    let code = start.checked_sub(known as u64).ok_or(Unsound::Damaged)?;
    if length(&end, 0) != usize::try_from(code).ok() {
        return Err(Unsound::Damaged);
    }
    let mut tail = vec![0; known];
    file.seek(SeekFrom::Start(code))?;
    file.read_exact(&mut tail)?;
    tail.extend_from_slice(&end);
    Ok((code, tail))
}

/// One of the lengths at the end.
fn length(end: &[u8], index: usize) -> Option<usize> {
    let bytes = end.get(Key::LENGTH + index * size_of::<u64>()..)?.first_chunk()?;
    usize::try_from(u64::from_le_bytes(*bytes)).ok()
}
