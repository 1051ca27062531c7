//! Reading a folder through WASI.

use std::{fmt, fs, io};

use crate::path;

/// One name in a folder. A link counts as what it leads to; one that leads nowhere, or out of the grant, as a file.
pub struct Entry {
    pub name: String,
    pub is_folder: bool,
}

/// Why a folder could not be listed.
pub enum Problem {
    NothingGranted,
    Missing(String),
    NotAFolder(String),
    Unreadable(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingGranted => f.write_str("no folder is granted: ask the application for one"),
            Self::Missing(path) => write!(f, "no such folder: '{path}'"),
            Self::NotAFolder(path) => write!(f, "not a folder: '{path}'"),
            Self::Unreadable(path) => write!(f, "cannot list folder: '{path}'"),
        }
    }
}

/// The entries of a folder, sorted by the bytes of their names.
pub fn list(folder: &str) -> Result<Vec<Entry>, Problem> {
    check(folder)?;
    let mut entries = read(folder).map_err(|_| Problem::Unreadable(folder.into()))?;
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

fn check(folder: &str) -> Result<(), Problem> {
    if fs::metadata("/").is_err() {
        return Err(Problem::NothingGranted);
    }
    match fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => Err(Problem::NotAFolder(folder.into())),
        Err(_) => Err(Problem::Missing(folder.into())),
    }
}

fn read(folder: &str) -> io::Result<Vec<Entry>> {
    fs::read_dir(folder)?
        .map(|entry| {
            let name = entry?.file_name().into_string().map_err(|_| io::ErrorKind::InvalidData)?;
            let is_folder = fs::metadata(path::join(folder, &name)).is_ok_and(|metadata| metadata.is_dir());
            Ok(Entry { name, is_folder })
        })
        .collect()
}
