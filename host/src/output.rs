//! Standard output and error of a guest: lines for Python's `logging`, so that no guest waits for whoever reads them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use pyo3::prelude::*;
use tokio::io::AsyncWrite;
use wasmtime_wasi::cli::{IsTerminal, StdoutStream};
use wasmtime_wasi::p2::pipe::SinkOutputStream;
use wasmtime_wasi::p2::{OutputStream, Pollable, StreamError, StreamResult};

use crate::printable::printable;

/// Bytes that a guest may print in one call; what is beyond is dropped.
const MOST: usize = 1 << 20;
/// Bytes that it may write at once, between which its deadline is looked at.
const PERMIT: usize = 4 << 10;
/// Bytes of a line that is passed on before it ends.
const LONGEST_LINE: usize = 8 << 10;

/// Levels of `logging`.
pub(crate) const INFO: u8 = 20;
pub(crate) const WARNING: u8 = 30;

/// What all streams of a guest have printed in the call under way.
#[derive(Clone, Default)]
pub(crate) struct Volume(Arc<AtomicUsize>);

impl Volume {
    /// A call begins.
    #[inline]
    pub(crate) fn reset(&self) {
        if self.0.load(Ordering::Relaxed) != 0 {
            self.0.store(0, Ordering::Relaxed);
        }
    }
}

/// One of the two streams.
#[derive(Clone)]
pub(crate) struct Output(Arc<Lines>);

struct Lines {
    logger: String,
    level: u8,
    volume: Volume,
    /// What was printed since the last line ended.
    rest: Mutex<Vec<u8>>,
}

impl Output {
    /// The stream of the plugin called `name` whose lines have this level.
    pub(crate) fn new(name: &str, level: u8, volume: &Volume) -> Self {
        let logger = format!("componium.plugin.{name}");
        Self(Arc::new(Lines { logger, level, volume: volume.clone(), rest: Mutex::default() }))
    }
}

impl Lines {
    /// Take what the guest prints.
    fn print(&self, bytes: &[u8]) -> PyResult<()> {
        let before = self.volume.0.fetch_add(bytes.len(), Ordering::Relaxed);
        let kept = bytes.len().min(MOST.saturating_sub(before));
        let mut rest = self.rest.lock().unwrap_or_else(PoisonError::into_inner);
        rest.extend_from_slice(&bytes[..kept]);
        let mut ended = Vec::new();
        if let Some(end) = rest.iter().rposition(|byte| *byte == b'\n') {
            ended.extend(rest[..end].split(|byte| *byte == b'\n').map(text));
            rest.drain(..=end);
        }
        if rest.len() >= LONGEST_LINE {
            ended.push(text(&std::mem::take(&mut *rest)));
        }
        // A handler may come back to this guest's output.
        drop(rest);
        self.log(self.level, &ended)?;
        // Once a call.
        if before <= MOST && kept < bytes.len() {
            let told = format!("printed {} KiB in one call; what it prints beyond is dropped", MOST >> 10);
            self.log(WARNING, &[told])?;
        }
        Ok(())
    }

    fn log(&self, level: u8, lines: &[String]) -> PyResult<()> {
        if lines.is_empty() {
            return Ok(());
        }
        Python::attach(|py| {
            let logger = py.import("logging")?.call_method1("getLogger", (&self.logger,))?;
            if logger.call_method1("isEnabledFor", (level,))?.is_truthy()? {
                for line in lines {
                    logger.call_method1("log", (level, "%s", line))?;
                }
            }
            Ok(())
        })
    }
}

fn text(line: &[u8]) -> String {
    printable(&String::from_utf8_lossy(line)).into_owned()
}

impl Drop for Lines {
    /// The guest has ended, maybe in the middle of a line.
    fn drop(&mut self) {
        let rest = std::mem::take(self.rest.get_mut().unwrap_or_else(PoisonError::into_inner));
        if rest.is_empty() {
            return;
        }
        let _ = Python::try_attach(|py| {
            if let Err(error) = self.log(self.level, &[text(&rest)]) {
                error.write_unraisable(py, None);
            }
        });
    }
}

impl IsTerminal for Output {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdoutStream for Output {
    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        // Of WASI 0.3, which is not linked.
        SinkOutputStream.async_stream()
    }

    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(self.clone())
    }
}

#[wasmtime_wasi::async_trait]
impl Pollable for Output {
    async fn ready(&mut self) {}
}

impl OutputStream for Output {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        self.0.print(&bytes).map_err(|error| StreamError::Trap(error.into()))
    }

    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        Ok(PERMIT)
    }
}
