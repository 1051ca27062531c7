//! The type that one run of a target is about.

use std::cell::RefCell;
use std::collections::HashMap;

use arbitrary::Unstructured;
use pyo3::prelude::*;

use crate::encoding::Encoding;
use crate::guest::wasm::POINTER;
use crate::toolchain::resolve_text;
use crate::types::{Kind, Type};
use crate::world::World;

const PALETTE: &str = include_str!("palette.wit.in");
/// Most types within each other.
const DEPTH: usize = 4;
/// Most types that are kept: the fuzzer tries many values of one before it goes on to another.
const KEPT: usize = 500;

thread_local! {
    static MADE: RefCell<HashMap<String, Type>> = RefCell::default();
}

/// A type in WIT text.
pub(super) fn any_type(u: &mut Unstructured<'_>) -> arbitrary::Result<String> {
    within(u, DEPTH)
}

fn within(u: &mut Unstructured<'_>, depth: usize) -> arbitrary::Result<String> {
    const NAMES: [&str; 19] = [
        "bool", "s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64", "f32", "f64", "char", "string", "color",
        "access", "many", "point", "single", "shape",
    ];
    let compound = if depth == 0 { 0 } else { 5 };
    Ok(match u.int_in_range(0..=NAMES.len() - 1 + compound)?.checked_sub(NAMES.len()) {
        None => (*u.choose(&NAMES)?).to_owned(),
        Some(0) => format!("list<{}>", within(u, depth - 1)?),
        Some(1) => format!("option<{}>", within(u, depth - 1)?),
        Some(2) => {
            let count = u.int_in_range(1..=4)?;
            let elements = (0..count).map(|_| within(u, depth - 1)).collect::<arbitrary::Result<Vec<_>>>()?;
            format!("tuple<{}>", elements.join(", "))
        }
        Some(3) => format!("result<{}, {}>", within(u, depth - 1)?, within(u, depth - 1)?),
        Some(_) => (*u.choose(&["result", "result<_, string>", "result<u8>"])?).to_owned(),
    })
}

pub(super) fn any_encoding(u: &mut Unstructured<'_>) -> arbitrary::Result<Encoding> {
    Ok(*u.choose(&[Encoding::Utf8, Encoding::Utf16, Encoding::CompactUtf16])?)
}

/// A world whose functions pass values of `ty`.
pub(super) fn world(ty: &str) -> World {
    let (resolve, id) = resolve_text("palette.wit.in", &PALETTE.replace("TYPE", ty)).expect("the palette is sound");
    let package = resolve.worlds[id].package.expect("the world has a package");
    World { resolve, package, id }
}

/// The type as the bridge knows it.
pub(super) fn type_of(py: Python<'_>, ty: &str) -> Type {
    if let Some(made) = MADE.with_borrow(|made| made.get(ty).cloned()) {
        return made;
    }
    let (_, exports) = world(ty).interfaces(py, POINTER).expect("the palette has classes");
    let take = exports[0].functions.iter().find(|function| function.name == "take").expect("the palette has it");
    let signature = take.signature.as_ref().expect("all types of the palette can cross");
    let Kind::Tuple(elements) = &signature.parameters[0].element.ty.kind else { unreachable!("the palette says so") };
    let made = elements[0].ty.clone();
    MADE.with_borrow_mut(|kept| {
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(ty.to_owned(), made.clone());
    });
    made
}
