//! What `generate!` is given: where the contract is, and how bindings are to look.

use std::env;
use std::fmt::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Ident, LitBool, LitStr, Path, Token, braced, bracketed};
use wit_bindgen_core::wit_parser::{PackageId, Resolve};
use wit_bindgen_core::{Files, WorldGenerator};
use wit_bindgen_rust::{Opts, WithOption};

/// The macro's input.
#[derive(Default)]
pub struct Input {
    paths: Vec<String>,
    inline: Option<String>,
    world: Option<String>,
    features: Vec<String>,
    options: Opts,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let fields;
        braced!(fields in input);
        let mut parsed = Self::default();
        while !fields.is_empty() {
            let name = fields.call(Ident::parse_any)?;
            if fields.peek(Token![:]) {
                fields.parse::<Token![:]>()?;
                parsed.set(&name, &fields)?;
            } else {
                parsed.switch(&name)?;
            }
            if !fields.is_empty() {
                fields.parse::<Token![,]>()?;
            }
        }
        Ok(parsed)
    }
}

impl Input {
    /// An option that is set by its name alone.
    fn switch(&mut self, name: &Ident) -> syn::Result<()> {
        match name.to_string().as_str() {
            "generate_all" => self.options.generate_all = true,
            "std_feature" => self.options.std_feature = true,
            "raw_strings" => self.options.raw_strings = true,
            _ => return Err(unknown(name)),
        }
        Ok(())
    }

    /// An option with a value.
    fn set(&mut self, name: &Ident, value: ParseStream<'_>) -> syn::Result<()> {
        let options = &mut self.options;
        match name.to_string().as_str() {
            "path" if value.peek(syn::token::Bracket) => self.paths = texts(value)?,
            "path" => self.paths = vec![text(value)?],
            "inline" => self.inline = Some(text(value)?),
            "world" => self.world = Some(text(value)?),
            "features" => self.features = texts(value)?,
            "skip" => options.skip = texts(value)?,
            "runtime_path" => options.runtime_path = Some(text(value)?),
            "bitflags_path" => options.bitflags_path = Some(text(value)?),
            "map_type" => options.map_type = Some(text(value)?),
            "additional_derives" => options.additional_derive_attributes = derives(value)?,
            "additional_derives_ignore" => options.additional_derive_ignore = texts(value)?,
            "with" => options.with = replacements(value)?,
            "default_bindings_module" => options.default_bindings_module = Some(text(value)?),
            "export_macro_name" => options.export_macro_name = Some(text(value)?),
            "pub_export_macro" => options.pub_export_macro = value.parse::<LitBool>()?.value,
            "generate_unused_types" => options.generate_unused_types = value.parse::<LitBool>()?.value,
            // For WebAssembly's sections and constructors, which a native library does not have.
            "type_section_suffix" => drop(value.parse::<LitStr>()?),
            "disable_run_ctors_once_workaround" | "disable_custom_section_link_helpers" => {
                value.parse::<LitBool>()?;
            }
            _ => return Err(unknown(name)),
        }
        Ok(())
    }

    /// Run the generator; the contract's files are named in what it writes, so that a change in them builds again.
    pub fn generate(self) -> Result<String> {
        let mut resolve = Resolve::default();
        resolve.features.extend(self.features.iter().cloned());
        let (packages, files) = self.read(&mut resolve)?;
        let world = resolve.select_world(&packages, self.world.as_deref())?;
        let mut generated = Files::default();
        self.options.build().generate(&mut resolve, world, &mut generated)?;
        let (_, source) = generated.iter().next().context("the generator wrote nothing")?;
        let mut source = String::from_utf8(source.to_vec())?;
        for file in files {
            let path = file.to_str().context("a path of the contract is not UTF-8")?;
            writeln!(source, "const _: &[u8] = include_bytes!({path:?});")?;
        }
        Ok(source)
    }

    /// Read the contract as `wit_bindgen::generate!` does: paths are relative to the package.
    fn read(&self, resolve: &mut Resolve) -> Result<(Vec<PackageId>, Vec<PathBuf>)> {
        let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").context("cargo does not run this")?);
        let mut paths: Vec<_> = self.paths.iter().map(|path| root.join(path)).collect();
        let usual = root.join("wit");
        if paths.is_empty() && (self.inline.is_none() || usual.exists()) {
            paths.push(usual);
        }
        let (mut packages, mut files) = (Vec::new(), Vec::new());
        for path in paths {
            let path = path.canonicalize().unwrap_or(path);
            let pushed = resolve.push_path(&path);
            let (package, sources) = pushed.map_err(|error| anyhow::anyhow!("{}", resolve.render_error(&error)))?;
            packages.push(package);
            files.extend(sources.paths().map(ToOwned::to_owned));
        }
        if let Some(text) = &self.inline {
            let pushed = resolve.push_str("macro-input", text);
            packages = vec![pushed.map_err(|error| anyhow::anyhow!("{}", resolve.render_error(&error)))?];
        }
        Ok((packages, files))
    }
}

fn unknown(name: &Ident) -> Error {
    Error::new(name.span(), format!("the option `{name}` is not known for native plugins"))
}

fn text(value: ParseStream<'_>) -> syn::Result<String> {
    Ok(value.parse::<LitStr>()?.value())
}

fn texts(value: ParseStream<'_>) -> syn::Result<Vec<String>> {
    let list;
    bracketed!(list in value);
    let items = Punctuated::<LitStr, Token![,]>::parse_terminated(&list)?;
    Ok(items.iter().map(LitStr::value).collect())
}

fn derives(value: ParseStream<'_>) -> syn::Result<Vec<String>> {
    let list;
    bracketed!(list in value);
    Ok(Punctuated::<Path, Token![,]>::parse_terminated(&list)?.iter().map(spelt).collect())
}

/// `"package:name/interface": module::path`, or `generate` in place of the path.
fn replacements(value: ParseStream<'_>) -> syn::Result<Vec<(String, WithOption)>> {
    let map;
    braced!(map in value);
    let entries = map.parse_terminated(
        |entry| {
            let interface = text(entry)?;
            entry.parse::<Token![:]>()?;
            let path: Path = entry.parse()?;
            let module = if path.is_ident("generate") { WithOption::Generate } else { WithOption::Path(spelt(&path)) };
            Ok((interface, module))
        },
        Token![,],
    )?;
    Ok(entries.into_iter().collect())
}

fn spelt(path: &Path) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}
