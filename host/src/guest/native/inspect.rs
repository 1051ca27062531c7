//! What a shared library is, told without running it.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::header::Header;
use super::image::Image;
use crate::error::Error;
use crate::world::World;

/// What errors say of a library without the section.
const NO_SECTION: &str = "it is a shared library without a world: build it with `componium-sdk build --native`, or link it \
                          with the glue of its world";

/// The header of the plugin in `data`, checked to be one; `None` where that is no object file.
pub(super) fn read(data: &[u8]) -> Option<Result<(Image<'_>, Header<'_>), String>> {
    Some(Image::parse(data)?.and_then(|image| {
        let header = Header::parse(image.section.ok_or(NO_SECTION)?)?;
        Ok((image, header))
    }))
}

/// Describe the native plugin in `data`, whatever machine it is for; `None` where that is no object file.
#[pyfunction]
pub(crate) fn inspect_native<'py>(py: Python<'py>, data: &[u8]) -> PyResult<Option<Bound<'py, PyDict>>> {
    let Some(read) = read(data) else { return Ok(None) };
    let invalid = |problem: String| Error::invalid_plugin("the library", &problem);
    let (image, header) = read.map_err(invalid)?;
    let world = World::decode(header.world).and_then(|world| world.print());
    let description = PyDict::new(py);
    description.set_item("format", image.format())?;
    description.set_item("system", image.system())?;
    description.set_item("architecture", image.architecture())?;
    description.set_item("abi", header.abi)?;
    description.set_item("pointer", header.pointer)?;
    description.set_item("digest", header.digest())?;
    description.set_item("wit", world.map_err(|error| invalid(format!("its world cannot be read: {error:#}")))?)?;
    Ok(Some(description))
}
