//! Debugging information (DWARF) that would harm whoever reads it.
//!
//! wasmtime reads it when a guest fails, by code that trusts compilers: it calls itself for each level of functions that were
//! inlined into each other, and copies their names into every frame.

use std::borrow::Cow;
use std::ops::Range;

use gimli::{AbbreviationsCacheStrategy, AttributeValue, Dwarf, EndianSlice, LittleEndian, Unit};
use wasmparser::{Encoding, Parser, Payload};

/// Most levels of entries within each other. Functions inlined into each other, with the blocks between, make dozens.
const MOST_LEVELS: isize = 256;
/// Bytes of the longest name of a function or a file.
const LONGEST_NAME: usize = 8 << 10;

type Slice<'a> = EndianSlice<'a, LittleEndian>;

/// A custom section: where its name is in the component, and what it is called and holds.
struct Section<'a> {
    name_at: Range<usize>,
    name: &'a str,
    data: &'a [u8],
}

/// The component without the debugging information of modules where it is unsound or beyond the bounds above: frames of
/// their functions then have no lines.
///
/// What is no sound component is returned as it is, for wasmtime to refuse.
pub(super) fn without_harmful(wasm: &[u8]) -> Cow<'_, [u8]> {
    let mut found: Vec<Section<'_>> = Vec::new();
    let mut harmful: Vec<Range<usize>> = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload {
            Ok(Payload::Version { encoding: Encoding::Module, .. }) => found.clear(),
            Ok(Payload::CustomSection(section)) if section.name().starts_with(".debug_") => {
                let end = usize::try_from(section.data_offset()).expect("the component is in memory");
                let name_at = end - section.name().len()..end;
                found.push(Section { name_at, name: section.name(), data: section.data() });
            }
            Ok(Payload::End(_)) => {
                let sections = std::mem::take(&mut found);
                if !sections.is_empty() && !is_harmless(&sections).unwrap_or(false) {
                    harmful.extend(sections.into_iter().map(|section| section.name_at));
                }
            }
            Ok(_) => {}
            Err(_) => return Cow::Borrowed(wasm),
        }
    }
    if harmful.is_empty() {
        return Cow::Borrowed(wasm);
    }
    // Renamed, which moves nothing: no reader looks for `-debug_info`.
    let mut wasm = wasm.to_owned();
    for name_at in harmful {
        wasm[name_at.start] = b'-';
    }
    Cow::Owned(wasm)
}

/// Whether a module's debugging information is within the bounds.
fn is_harmless(sections: &[Section<'_>]) -> gimli::Result<bool> {
    let data = |name: &str| {
        // As wasmtime has it: of sections that are there twice, the last one counts.
        sections.iter().rev().find(|section| section.name == name).map_or(&[][..], |section| section.data)
    };
    let strings = [".debug_str", ".debug_line_str"].map(data);
    if strings.iter().any(|strings| strings.split(|byte| *byte == 0).any(|name| name.len() > LONGEST_NAME)) {
        return Ok(false);
    }
    let mut dwarf = Dwarf::load(|id| gimli::Result::Ok(EndianSlice::new(data(id.name()), LittleEndian)))?;
    dwarf.populate_abbreviations_cache(AbbreviationsCacheStrategy::Duplicates);
    // Of units, each of which has lines of its own in what compilers make.
    let mut lines_left = data(".debug_line").len();
    let mut units = dwarf.units();
    while let Some(header) = units.next()? {
        let unit = dwarf.unit(header)?;
        if !has_harmless_files(&unit, &mut lines_left) || !has_harmless_entries(&unit)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn has_harmless_files(unit: &Unit<Slice<'_>>, lines_left: &mut usize) -> bool {
    let Some(program) = &unit.line_program else { return true };
    let header = program.header();
    let Some(left) = lines_left.checked_sub(header.header_length()) else { return false };
    *lines_left = left;
    let files = header.file_names().iter().map(gimli::FileEntry::path_name);
    files.chain(header.include_directories().iter().copied()).all(|name| is_short(&name))
}

fn has_harmless_entries(unit: &Unit<Slice<'_>>) -> gimli::Result<bool> {
    let mut entries = unit.entries_raw(None)?;
    while !entries.is_empty() {
        if entries.next_depth() > MOST_LEVELS {
            return Ok(false);
        }
        let Some(abbreviation) = entries.read_abbreviation()? else { continue };
        for attribute in abbreviation.attributes() {
            if !is_short(&entries.read_attribute(*attribute)?.value()) {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Whether a value is no long name; those that are kept elsewhere have been looked at there.
fn is_short(value: &AttributeValue<Slice<'_>>) -> bool {
    !matches!(value, AttributeValue::String(name) if name.len() > LONGEST_NAME)
}
