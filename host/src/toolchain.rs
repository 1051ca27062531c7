//! The component toolchain: from WIT to bindings, from a core module to a component.

mod borrows;
mod c_bindings;
mod core_names;
mod glue;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use pyo3::prelude::*;
use wasi_preview1_component_adapter_provider as adapters;
use wit_bindgen_core::Files;
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::{Resolve, WorldId};

use crate::error::Error;
use crate::excerpt;
use crate::world::World;

/// Read the WIT package at `path` (a file, or a folder with `deps`) and choose a world of it.
pub(crate) fn resolve(path: &Path, world: Option<&str>) -> Result<(Resolve, WorldId)> {
    let mut resolve = Resolve::default();
    let pushed = resolve.push_path(path);
    // The error alone has no file and line: the sources that it points into are in `resolve`.
    let (package, _) = pushed.map_err(|error| anyhow::anyhow!("{}", resolve.render_error(&error)))?;
    let world = resolve.select_world(&[package], world)?;
    Ok((resolve, world))
}

/// Read a WIT package from text and choose its only world; errors call it `name`.
pub(crate) fn resolve_text(name: &str, wit: &str) -> Result<(Resolve, WorldId)> {
    let mut resolve = Resolve::default();
    let package = resolve.push_str(name, wit)?;
    let world = resolve.select_world(&[package], None)?;
    Ok((resolve, world))
}

fn generate_c(path: &Path, world: Option<&str>, native: bool) -> Result<BTreeMap<String, Vec<u8>>> {
    let (original, world) = resolve(path, world)?;
    let mut files = Files::default();
    wit_bindgen_c::Opts::default().build().generate(&mut original.clone(), world, &mut files)?;
    let files = files.iter().map(|(name, content)| (name.to_owned(), content.to_vec())).collect();
    if native { c_bindings::make_native(files, &original, world) } else { Ok(files) }
}

fn generate_glue(path: &Path, world: Option<&str>) -> Result<BTreeMap<String, Vec<u8>>> {
    let (resolve, world) = resolve(path, world)?;
    Ok(BTreeMap::from([("glue.c".to_owned(), glue::generate(&resolve, world)?.into_bytes())]))
}

fn encode(core: &[u8], adapter: Option<&str>) -> Result<Vec<u8>> {
    let mut encoder = ComponentEncoder::default();
    let mut encoder = encoder.validate(true).module(core)?;
    if let Some(name) = adapter {
        let adapter = match name {
            "command" => adapters::WASI_SNAPSHOT_PREVIEW1_COMMAND_ADAPTER,
            "reactor" => adapters::WASI_SNAPSHOT_PREVIEW1_REACTOR_ADAPTER,
            _ => anyhow::bail!("unknown adapter `{name}`: expected `command` or `reactor`"),
        };
        encoder = encoder.adapter(adapters::WASI_SNAPSHOT_PREVIEW1_ADAPTER_NAME, adapter)?;
    }
    encoder.encode()
}

fn add_metadata(core: &[u8], wit: &Path, world: Option<&str>, encoding: &str) -> Result<Vec<u8>> {
    let encoding = match encoding {
        "utf8" => StringEncoding::UTF8,
        "utf16" => StringEncoding::UTF16,
        "latin1+utf16" => StringEncoding::CompactUTF16,
        _ => anyhow::bail!("unknown encoding `{encoding}`: expected `utf8`, `utf16` or `latin1+utf16`"),
    };
    let (resolve, world) = resolve(wit, world)?;
    let mut module = core.to_vec();
    embed_component_metadata(&mut module, &resolve, world, encoding, false)?;
    Ok(module)
}

/// A world as JSON, with everything that it refers to: `wit-parser`'s own form of a `Resolve`, the index of the world, and
/// the world alone as WIT text.
fn serialize(resolve: &Resolve, world: WorldId) -> Result<String> {
    // As text, since a JSON value would sort the names, whose order is that of the WIT.
    let (json, wit) = (serde_json::to_string(resolve)?, serde_json::to_string(&excerpt::print(resolve, world)?)?);
    Ok(format!(r#"{{"resolve":{json},"world":{},"wit":{wit}}}"#, world.index()))
}

fn report(error: &anyhow::Error) -> PyErr {
    Error::Toolchain(format!("{error:#}")).into()
}

/// Generate C bindings (`wit-bindgen c`) for `world` of the WIT at `wit`: file name to content.
#[pyfunction]
#[pyo3(signature = (wit, world=None, *, native=false))]
pub(crate) fn bindings_c(wit: PathBuf, world: Option<&str>, native: bool) -> PyResult<BTreeMap<String, Vec<u8>>> {
    generate_c(&wit, world, native)
        .with_context(|| format!("cannot generate C bindings from {}", wit.display()))
        .map_err(|error| report(&error))
}

/// Generate the C glue of native plugins for `world` of the WIT at `wit`: file name to content.
#[pyfunction]
#[pyo3(signature = (wit, world=None))]
pub(crate) fn native_glue(wit: PathBuf, world: Option<&str>) -> PyResult<BTreeMap<String, Vec<u8>>> {
    generate_glue(&wit, world)
        .with_context(|| format!("cannot generate native glue from {}", wit.display()))
        .map_err(|error| report(&error))
}

/// Turn a core module that carries its world's metadata into a component.
#[pyfunction]
#[pyo3(signature = (core, adapter=None))]
pub(crate) fn componentize(py: Python<'_>, core: &[u8], adapter: Option<&str>) -> PyResult<Vec<u8>> {
    py.detach(|| encode(core, adapter))
        .context("cannot make a component of this core module")
        .map_err(|error| report(&error))
}

/// Add the metadata of `world` to a core module whose language's bindings do not embed it.
#[pyfunction]
pub(crate) fn embed(core: &[u8], wit: PathBuf, world: Option<&str>, encoding: &str) -> PyResult<Vec<u8>> {
    add_metadata(core, &wit, world, encoding)
        .with_context(|| format!("cannot embed the world of {}", wit.display()))
        .map_err(|error| report(&error))
}

/// Assemble the WebAssembly text format; a binary comes back unchanged.
#[pyfunction]
pub(crate) fn parse_text(text: &[u8]) -> PyResult<Vec<u8>> {
    Ok(wat::parse_bytes(text).map_err(|error| Error::Toolchain(error.to_string()))?.into_owned())
}

/// A world of the WIT at `wit` as JSON.
#[pyfunction]
#[pyo3(signature = (wit, world=None))]
pub(crate) fn wit_model(wit: PathBuf, world: Option<&str>) -> PyResult<String> {
    let model = || {
        let (resolve, world) = resolve(&wit, world)?;
        serialize(&resolve, world)
    };
    model().with_context(|| format!("cannot read {}", wit.display())).map_err(|error| report(&error))
}

/// The world of a component as JSON.
#[pyfunction]
pub(crate) fn component_model(wasm: &[u8]) -> PyResult<String> {
    let model = || {
        let world = World::decode(wasm)?;
        serialize(&world.resolve, world.id)
    };
    model().context("cannot read the world of this component").map_err(|error| report(&error))
}
