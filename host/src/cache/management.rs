//! The cache as `componium cache` shows it.

use std::cmp::Reverse;
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;

use super::entry::Entry;
use super::folder::{Folder, Stored};
use super::problem::Problem;
use super::size;

/// An entry as Python sees it: file, component's name, bytes, seconds from 1970 to the last use.
type Description = (PathBuf, Option<String>, u64, f64);
/// An entry that was checked: file, component's name, why it is not used.
type Verdict = (PathBuf, Option<String>, Option<String>);

/// Private: the cache of compiled code.
#[pyclass(frozen, module = "componium._native")]
pub(crate) struct Cache(Option<Folder>);

impl From<Problem> for PyErr {
    fn from(problem: Problem) -> Self {
        PyOSError::new_err(problem.to_string())
    }
}

#[pymethods]
impl Cache {
    /// Where the cache is, whether or not it can be used.
    #[staticmethod]
    fn location() -> Option<PathBuf> {
        Folder::location()
    }

    /// How many bytes its entries may take up.
    #[staticmethod]
    fn limit() -> PyResult<u64> {
        Ok(size::limit().map_err(Problem::Limit)?)
    }

    /// Open the cache; `OSError` if its folder is not one to be used.
    #[new]
    fn new() -> PyResult<Self> {
        Ok(Self(Folder::open(false)?))
    }

    /// Its entries, the one that was used last first.
    fn entries(&self) -> PyResult<Vec<Description>> {
        let describe = |stored: Stored| {
            let used = stored.used.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
            (stored.path.clone(), Entry::name(&stored.path), stored.size, used)
        };
        Ok(self.stored()?.into_iter().map(describe).collect())
    }

    /// Check every entry as a load would.
    fn verify(&self, py: Python<'_>) -> PyResult<Vec<Verdict>> {
        let check = |stored: Stored| match Entry::open(&stored.path, &stored.key) {
            Ok(None) => None, // removed meanwhile
            Ok(Some(_)) => Some((stored.path.clone(), Entry::name(&stored.path), None)),
            Err(reason) => Some((stored.path.clone(), Entry::name(&stored.path), Some(reason.to_string()))),
        };
        let stored = self.stored()?;
        Ok(py.detach(|| stored.into_iter().filter_map(check).collect()))
    }

    /// Remove everything: how many entries, of how many bytes.
    fn clear(&self, py: Python<'_>) -> PyResult<(usize, u64)> {
        let Some(folder) = &self.0 else { return Ok((0, 0)) };
        Ok(py.detach(|| folder.clear())?)
    }
}

impl Cache {
    fn stored(&self) -> PyResult<Vec<Stored>> {
        let mut stored = match &self.0 {
            Some(folder) => folder.stored()?,
            None => Vec::new(),
        };
        stored.sort_by_key(|stored| Reverse(stored.used));
        Ok(stored)
    }
}
