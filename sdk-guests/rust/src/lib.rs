//! What a Componium plugin written in Rust needs.
//!
//! A plugin is a WebAssembly component: it exports what its contract, a WIT world, asks for, and may call what that
//! world imports. [`generate!`] turns the contract into Rust types and traits; [`log!`] writes formatted lines to the
//! log of an application whose contract has one. This crate is the only dependency that a plugin needs.
//!
//! The feature `allocator`, on by default, gives a plugin the same memory allocator whatever C library its toolchain has;
//! a plugin with a global allocator of its own switches it off. The feature `native` is for `componium-sdk build --native`,
//! which switches it on: [`generate!`] then writes the bindings of a native library.
//!
//! ```no_run
//! componium_guest::generate!({ path: "../../wit/launcher/0.1.0", world: "plugin" });
//!
//! use componium::launcher::host;
//! use exports::componium::launcher::runner::{ActionItem, Guest};
//!
//! struct Echo;
//!
//! impl Guest for Echo {
//!     fn get_trigger() -> String {
//!         ">".into()
//!     }
//!
//!     fn handle(input: String) -> Vec<ActionItem> {
//!         componium_guest::log!(host, Debug, "{} bytes", input.len());
//!         vec![ActionItem { name: input.clone(), exec: input, keywords: String::new() }]
//!     }
//! }
//!
//! export!(Echo);
//! # fn main() {}
//! ```

#[cfg(all(feature = "allocator", target_family = "wasm"))]
mod allocator;
mod bindings;
mod logging;
#[cfg(feature = "native")]
pub mod native;

/// The bindings generator behind [`generate!`], for the options and run-time types that its documentation describes.
pub use wit_bindgen;
