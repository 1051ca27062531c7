//! Shared libraries as files: what they were built for, and the section with their world.

use object::read::macho::{FatArch, MachOFatFile32, MachOFatFile64};
use object::{Architecture, BinaryFormat, FileKind, Object, ObjectKind, ObjectSection};

use super::layout::SYMBOL;

/// A shared library.
pub(super) struct Image<'a> {
    format: BinaryFormat,
    architecture: Architecture,
    /// The section with the world; `None` where the library has none.
    pub section: Option<&'a [u8]>,
    /// Whether it shows the symbol by which plugins are found.
    pub has_symbol: bool,
    pub is_shared: bool,
}

impl<'a> Image<'a> {
    /// Read an object file; `None` where the bytes are none.
    pub(super) fn parse(data: &'a [u8]) -> Option<Result<Self, String>> {
        match FileKind::parse(data).ok()? {
            FileKind::Elf32
            | FileKind::Elf64
            | FileKind::MachO32
            | FileKind::MachO64
            | FileKind::Pe32
            | FileKind::Pe64 => Some(Self::read(data)),
            FileKind::MachOFat32 => {
                let fat = MachOFatFile32::parse(data);
                Some(fat.map_err(damaged).and_then(|fat| Self::of_this_machine(data, fat.arches())))
            }
            FileKind::MachOFat64 => {
                let fat = MachOFatFile64::parse(data);
                Some(fat.map_err(damaged).and_then(|fat| Self::of_this_machine(data, fat.arches())))
            }
            _ => None,
        }
    }

    fn read(data: &'a [u8]) -> Result<Self, String> {
        let file = object::File::parse(data).map_err(damaged)?;
        let name = match file.format() {
            BinaryFormat::MachO => "__componium",
            BinaryFormat::Pe => ".cmpnium",
            _ => ".componium",
        };
        let section = file.section_by_name(name).map(|section| section.data()).transpose().map_err(damaged)?;
        // Mach-O puts an underscore before the names of C.
        let is_symbol = |name: &[u8]| name == SYMBOL.as_bytes() || name.strip_prefix(b"_") == Some(SYMBOL.as_bytes());
        let has_symbol = file.exports().map_err(damaged)?.iter().any(|export| is_symbol(export.name()));
        let is_shared = file.kind() == ObjectKind::Dynamic;
        Ok(Self { format: file.format(), architecture: file.architecture(), section, has_symbol, is_shared })
    }

    /// The part of a universal library that this machine would load, else the first.
    fn of_this_machine(data: &'a [u8], parts: &[impl FatArch]) -> Result<Self, String> {
        let own = parts.iter().find(|part| architecture(part.architecture()) == std::env::consts::ARCH);
        let part = own.or(parts.first()).ok_or("it is a universal library without parts")?;
        Self::read(part.data(data).map_err(damaged)?)
    }

    /// The name of the format.
    pub(super) const fn format(&self) -> &'static str {
        match self.format {
            BinaryFormat::MachO => "mach-o",
            BinaryFormat::Pe => "pe",
            _ => "elf",
        }
    }

    /// The system that uses the format, as Rust names systems.
    pub(super) const fn system(&self) -> &'static str {
        match self.format {
            BinaryFormat::MachO => "macos",
            BinaryFormat::Pe => "windows",
            _ => "linux",
        }
    }

    /// The processor that the library was built for, as Rust names processors.
    pub(super) fn architecture(&self) -> String {
        architecture(self.architecture)
    }

    /// Whether this process can load the library; the reason where it cannot.
    pub(super) fn check(&self) -> Result<(), String> {
        use std::env::consts::{ARCH, OS};
        // Systems other than these three have libraries in the format of Linux.
        let system = if matches!(OS, "macos" | "windows") { OS } else { "linux" };
        if self.system() != system || self.architecture() != ARCH {
            let (for_system, for_architecture) = (self.system(), self.architecture());
            return Err(format!("it was built for {for_system} on {for_architecture}, this is {OS} on {ARCH}"));
        }
        if !self.is_shared {
            return Err("it is no shared library: link it with `-shared`".to_owned());
        }
        if !self.has_symbol {
            return Err(format!("it shows no symbol `{SYMBOL}`: link it with the glue of its world"));
        }
        Ok(())
    }
}

fn architecture(architecture: Architecture) -> String {
    match architecture {
        Architecture::X86_64 => "x86_64".to_owned(),
        Architecture::I386 => "x86".to_owned(),
        Architecture::PowerPc64 => "powerpc64".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn damaged(error: object::Error) -> String {
    format!("its file is damaged: {error}")
}
