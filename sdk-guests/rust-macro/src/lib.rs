//! The macro behind `componium_guest::generate!` where a plugin is built as a native library.
//!
//! `wit_bindgen::generate!` writes bindings for WebAssembly: names of exports that native linkers refuse, and imports that
//! exist nowhere else. This macro takes the same options, runs the same generator, and rewrites what it wrote to the symbols
//! of Componium's native ABI (docs/reference/native-abi.md).

mod input;
mod rewrite;

use proc_macro::TokenStream;
use syn::Error;

/// Generates native bindings for a WIT world; the options are those of `wit_bindgen::generate!`.
#[proc_macro]
pub fn generate(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as input::Input);
    expand(input).unwrap_or_else(Error::into_compile_error).into()
}

fn expand(input: input::Input) -> syn::Result<proc_macro2::TokenStream> {
    let at_call = |message: String| Error::new(proc_macro2::Span::call_site(), message);
    let source = input.generate().map_err(|error| at_call(format!("{error:#}")))?;
    rewrite::rewrite(&source).map_err(at_call)?.parse().map_err(Error::from)
}
