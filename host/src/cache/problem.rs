//! What went wrong with the cache, which costs speed and is told as a warning.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::types::PyModule;

use super::entry::Unsound;
use super::folder::Folder;
use super::ownership::Unfit;

/// The Python logger that problems go to.
const LOGGER: &str = "componium.cache";

/// What was told of what lasts, once for each process.
static TOLD: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

#[derive(Debug, thiserror::Error)]
pub(super) enum Problem {
    #[error("compiled code is neither kept nor found: {0}; {remedy}", remedy = match .0 {
        Unfit::Exposed { .. } =>
            "others could have the application run their code: take their rights away, or set COMPONIUM_CACHE_DIR to a \
             folder of this user's own",
        Unfit::System { .. } => "set COMPONIUM_CACHE_DIR to a folder that can be written",
    })]
    Unfit(Unfit),
    #[error("compiled code cannot be kept in {}: {error}", folder.display())]
    Unwritable { folder: PathBuf, error: io::Error },
    #[error("compiled code is not kept: another process has locked {} for too long", folder.display())]
    Busy { folder: PathBuf },
    #[error("the compiled code of {name} is not kept: its {size} bytes are more than COMPONIUM_CACHE_SIZE allows")]
    Large { name: String, size: u64 },
    #[error("COMPONIUM_CACHE_SIZE is {0:?}, which is no number of bytes such as 500M or 2G; 1G holds")]
    Limit(String),
    #[error("{name} is compiled again, as its compiled code is not used: {reason} ({})", path.display())]
    Unsound { name: String, path: PathBuf, reason: Unsound },
}

impl Problem {
    pub(super) fn unwritable(folder: &Folder, error: &io::Error) -> Self {
        // The error of a temporary file's creation names that file, which says nothing.
        let error = error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error);
        Self::Unwritable { folder: folder.path().to_owned(), error }
    }

    /// Whether it stays as it is, and is told only once.
    const fn lasts(&self) -> bool {
        !matches!(self, Self::Unsound { .. })
    }
}

/// What went wrong during one load.
#[derive(Default)]
pub(super) struct Problems(Vec<Problem>);

impl Problems {
    pub(super) fn note(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Tell what was not told yet.
    pub(super) fn tell(self) {
        let mut new = BTreeSet::new();
        for problem in self.0 {
            let text = problem.to_string();
            if !problem.lasts() || TOLD.lock().unwrap_or_else(PoisonError::into_inner).insert(text.clone()) {
                new.insert(text);
            }
        }
        if !new.is_empty() {
            Python::attach(|py| {
                // The application's handlers run here, and must not make a load fail.
                new.iter().try_for_each(|text| warn(py, text)).unwrap_or_else(|error| error.write_unraisable(py, None));
            });
        }
    }
}

fn warn(py: Python<'_>, text: &str) -> PyResult<()> {
    let logger = PyModule::import(py, "logging")?.getattr("getLogger")?.call1((LOGGER,))?;
    logger.call_method1("warning", ("%s", text)).map(drop)
}
