//! Compiled code on disk, so that a component is compiled once for each machine and version.
//!
//! What is kept here is run without further checks: it is as much an executable as the
//! application. So it is read only from places that nobody but this user and root can change (`ownership`), from files that are
//! what was written (`entry`), and for the very component, engine and version that it was made by (`key`). The folder is
//! shared by all of the user's processes: one of them compiles while others wait for it (`turn`), and each keeps the
//! folder within its size (`folder`). Whatever goes wrong costs speed only, and is told as a warning (`problem`).

mod entry;
mod folder;
mod key;
mod lock;
mod management;
mod ownership;
mod problem;
mod size;
mod turn;

use wasmtime::Engine;

use self::entry::Parts;
use self::folder::Folder;
use self::key::Key;
use self::problem::{Problem, Problems};
use self::turn::Turn;
use crate::error::Error;

pub(crate) use self::entry::Entry;
pub(crate) use self::management::Cache;

/// Why compiled code cannot be kept or used again.
pub(crate) type Misfit = Box<dyn std::error::Error + Send + Sync>;

/// What is made from a component's bytes, and can be kept and found again.
pub(crate) trait Compiled: Sized {
    /// Make it.
    fn compile(wasm: &[u8], name: &str) -> Result<Self, Error>;

    /// Its machine code and its world's binary WIT package.
    fn parts(&self) -> Result<(Vec<u8>, Vec<u8>), Misfit>;

    /// Make it from what was kept.
    fn revive(entry: &Entry) -> Result<Self, Misfit>;
}

/// Find what was compiled before, or compile and keep it; and whether it was found.
pub(crate) fn load<C: Compiled>(engine: &Engine, wasm: &[u8], name: &str) -> Result<(C, bool), Error> {
    let mut problems = Problems::default();
    let loaded = match Folder::open(true) {
        Ok(Some(folder)) => load_from(&folder, &Key::of(engine, wasm), (wasm, name), &mut problems),
        Ok(None) => C::compile(wasm, name).map(|compiled| (compiled, false)),
        Err(problem) => {
            problems.note(problem);
            C::compile(wasm, name).map(|compiled| (compiled, false))
        }
    };
    // Python runs for this, so nothing is locked any more.
    problems.tell();
    loaded
}

fn load_from<C: Compiled>(
    folder: &Folder,
    key: &Key,
    (wasm, name): (&[u8], &str),
    problems: &mut Problems,
) -> Result<(C, bool), Error> {
    if let Some(found) = find(folder, key, name, problems) {
        return Ok((found, true));
    }
    // A folder that cannot be written has no turns: everybody compiles for themselves.
    let turn = Turn::take(folder, key, wasm.len()).unwrap_or_else(|error| {
        problems.note(Problem::unwritable(folder, &error));
        None
    });
    // Whoever had the turn before has kept what it made.
    if turn.is_some()
        && let Some(found) = find(folder, key, name, problems)
    {
        return Ok((found, true));
    }
    let compiled = C::compile(wasm, name)?;
    if let Ok((code, wit)) = compiled.parts() {
        let parts = Parts { code: &code, wit: &wit, name };
        let limit = size::limit().unwrap_or_else(|text| {
            problems.note(Problem::Limit(text));
            size::DEFAULT
        });
        folder.keep(key, &parts, limit).unwrap_or_else(|problem| problems.note(problem));
    }
    Ok((compiled, false))
}

/// What was kept for a key, if it is sound.
fn find<C: Compiled>(folder: &Folder, key: &Key, name: &str, problems: &mut Problems) -> Option<C> {
    let path = folder.entry(key);
    let found = Entry::open(&path, key).and_then(|entry| {
        let Some(entry) = entry else { return Ok(None) };
        let compiled = C::revive(&entry)?;
        entry.note_use();
        Ok(Some(compiled))
    });
    found.unwrap_or_else(|reason| {
        problems.note(Problem::Unsound { name: name.to_owned(), path, reason });
        None
    })
}
