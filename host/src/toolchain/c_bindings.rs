//! The C bindings of a native plugin: those of `wit-bindgen c`, with the symbols of docs/reference/native-abi.md.
//!
//! The generator writes C for WebAssembly only, where symbols and 32-bit pointers are a given. What it writes is known, since
//! its version is pinned, so the text is changed at those places, and what is not found, or is left over, is an error.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use wit_parser::{Resolve, WorldId};

use super::borrows;
use super::core_names::{Role, exports, imports};

/// What the changed places use: from the glue, but for the lists.
const DECLARATIONS: &str = include_str!("c_bindings.c");

/// Change the generated files of a world.
pub(super) fn make_native(
    files: BTreeMap<String, Vec<u8>>,
    resolve: &Resolve,
    world: WorldId,
) -> Result<BTreeMap<String, Vec<u8>>> {
    borrows::check(resolve, world)?;
    let text = |suffix: &str| {
        let file = files.iter().find(|(name, _)| name.ends_with(suffix)).context("the generator wrote no bindings")?;
        Ok::<_, anyhow::Error>((file.0.clone(), String::from_utf8(file.1.clone())?))
    };
    let (header_name, header) = text(".h")?;
    let (source_name, source) = text(".c")?;
    let mut source = Source(source);
    source.cut_metadata()?;
    source.rename_imports(resolve, world)?;
    let classes = source.rename_exports(resolve, world)?;
    source.lift_borrows(&header, &classes)?;
    source.replace("if (!ret) abort();", "if (!ret) componium_fail(\"out of memory\");")?;
    let include = format!("#include \"{header_name}\"\n");
    source.replace(&include, &format!("{include}{DECLARATIONS}"))?;
    for name in ["__wasm_", "__import_", "__export_name__", "__component_type"] {
        ensure!(!source.0.contains(name), "the generator wrote an unknown use of `{name}`");
    }
    Ok(BTreeMap::from([(header_name, header.into_bytes()), (source_name, source.0.into_bytes())]))
}

struct Source(String);

impl Source {
    fn replace(&mut self, old: &str, new: &str) -> Result<()> {
        ensure!(self.0.contains(old), "the generator wrote no `{}`", old.trim());
        self.0 = self.0.replace(old, new);
        Ok(())
    }

    /// Drop the end of the file, which draws in the object with the world's type: the glue has it.
    fn cut_metadata(&mut self) -> Result<()> {
        let end = self.0.find("// Ensure that the *_component_type.o").context("the generator wrote no metadata")?;
        self.0.truncate(end);
        Ok(())
    }

    /// What is declared behind `attribute` gets the name `symbol`, wherever it is used. Whether it is there at all.
    fn rename(&mut self, attribute: &str, symbol: &str) -> Result<bool> {
        let Some(start) = self.0.find(attribute) else { return Ok(false) };
        let declaration = &self.0[start + attribute.len()..];
        let (declaration, _) = declaration
            .split_once('\n')
            .context("the generator wrote no declaration")?
            .1
            .split_once('(')
            .context("the generator wrote no function")?;
        let name = declaration.rsplit([' ', '*']).next().unwrap_or_default().to_owned();
        self.0 =
            self.0.replace(attribute, "__visibility__(\"hidden\")").replace(&format!("{name}("), &format!("{symbol}("));
        Ok(true)
    }

    fn rename_imports(&mut self, resolve: &Resolve, world: WorldId) -> Result<()> {
        for import in imports(resolve, world)? {
            let symbol = import.symbol();
            let attribute = format!("__import_module__(\"{}\"), __import_name__(\"{}\")", import.module, import.name);
            let used = self.rename(&attribute, &symbol)?;
            match import.role {
                Role::New if used => {
                    self.replace(&format!("{symbol}(int32_t)"), &format!("{symbol}(uint8_t *)"))?;
                    self.replace(&format!("{symbol}((int32_t) "), &format!("{symbol}((uint8_t *) "))?;
                }
                Role::Representation if used => {
                    self.replace(&format!("int32_t {symbol}("), &format!("uint8_t *{symbol}("))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Rename the exports. The C types of the resources among them.
    fn rename_exports(&mut self, resolve: &Resolve, world: WorldId) -> Result<Vec<String>> {
        let mut classes = Vec::new();
        self.rename("__export_name__(\"cabi_realloc\")", "cabi_realloc")?;
        for export in exports(resolve, world)? {
            let symbol = export.symbol();
            let used = self.rename(&format!("__export_name__(\"{}\")", export.name), &symbol)?;
            ensure!(used, "the generator wrote no `{}`", export.name);
            if export.role == Role::Destructor {
                let parameter =
                    self.0.split_once(&format!("{symbol}(")).and_then(|(_, rest)| rest.split_once("* arg)"));
                classes.push(parameter.context("the generator wrote no parameter of a destructor")?.0.to_owned());
            }
        }
        Ok(classes)
    }

    /// Where bindings take a number for the pointer that it stands for, look it up.
    fn lift_borrows(&mut self, header: &str, classes: &[String]) -> Result<()> {
        for class in classes {
            let cast = format!("(({class}*) ");
            self.0 = rewrite(&self.0, &cast, |rest| {
                let (operand, rest) = parenthesised(rest)?;
                Ok((format!("{cast}componium_lift({operand}))"), rest))
            })?;
            for borrow in borrows(header, class) {
                let cast = format!("({borrow}*)(");
                self.0 = rewrite(&self.0, &cast, |rest| {
                    let (numbers, rest) = parenthesised(rest)?;
                    let rest = rest.strip_prefix(", (").context("the generator wrote a list without length")?;
                    let (length, rest) = parenthesised(rest)?;
                    Ok((format!("({borrow}*) componium_lift_list({numbers}, {length}), ({length})"), rest))
                })?;
            }
        }
        Ok(())
    }
}

/// Replace every `start` and what `replace` consumes behind it.
fn rewrite(text: &str, start: &str, replace: impl Fn(&str) -> Result<(String, &str)>) -> Result<String> {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(start) {
        let (replaced, behind) = replace(behind)?;
        written.push_str(before);
        written.push_str(&replaced);
        rest = behind;
    }
    written.push_str(rest);
    Ok(written)
}

/// Split behind the parenthesis that ends an expression, whose start lies before `text`.
fn parenthesised(text: &str) -> Result<(&str, &str)> {
    let mut depth = 1;
    for (index, byte) in text.bytes().enumerate() {
        depth += i32::from(byte == b'(') - i32::from(byte == b')');
        if depth == 0 {
            return Ok((&text[..index], &text[index + 1..]));
        }
    }
    bail!("the generator wrote an open parenthesis")
}

/// The names that a header gives to a pointer to `class`.
fn borrows(header: &str, class: &str) -> Vec<String> {
    let mut open = vec![format!("{class}*")];
    let mut found = Vec::new();
    while let Some(name) = open.pop() {
        let start = format!("typedef {name} ");
        let names = header.lines().filter_map(|line| line.strip_prefix(&start)?.strip_suffix(';'));
        open.extend(names.clone().map(str::to_owned));
        found.extend(names.map(str::to_owned));
    }
    found
}
