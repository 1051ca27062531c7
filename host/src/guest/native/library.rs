//! Loading: a copy of the library's file for each instance, and the check that its table is what its section promised.

use std::collections::HashMap;
use std::ffi::{CStr, c_char};
use std::io::{self, Write as _};
use std::rc::Rc;
use std::sync::Arc;

use tempfile::TempPath;

use super::Function;
use super::code::Code;
use super::layout::{ABI, Call, Host as HostTable, Plugin, SYMBOL};
use super::names::{Import, post_return};
use super::state::State;
use super::{POINTER, import};
use crate::host::Host;

/// A library in the process. What is declared first is dropped first.
pub(super) struct Library {
    _loaded: libloading::Library,
    /// The file, where the system keeps those of loaded libraries.
    _file: Option<TempPath>,
    /// What the library was given when it was started.
    _table: Box<HostTable>,
    state: Rc<State>,
}

impl Library {
    /// Load and start the library, of which `file` is a copy; with its functions, in the order of the names.
    pub(super) fn load(code: &Code, file: TempPath, host: &Arc<Host>) -> Result<(Self, Vec<Function>), String> {
        let cannot = |error: libloading::Error| format!("the system cannot load it: {:#}", anyhow::Error::from(error));
        // SAFETY: the application trusts the plugin's code, which may do anything, its constructors included.
        let loaded = unsafe { open(&file) }.map_err(cannot)?;
        // Systems but Windows have no need of the name of a library that is loaded.
        let file = if cfg!(windows) { Some(file) } else { None };
        // SAFETY: the symbol is a structure of the native ABI, as the section of the library has promised.
        let plugin = unsafe { loaded.get::<*const Plugin>(SYMBOL).map_err(cannot)?.as_ref() };
        let plugin = plugin.ok_or_else(|| format!("its symbol `{SYMBOL}` is null"))?;
        check_version(plugin)?;
        // SAFETY: a table of this very version has the pointers that it tells, which are valid while it is loaded.
        let (digest, exports, imports) = unsafe { (text(plugin.digest)?, exports(plugin)?, imports(plugin)?) };
        if digest != code.digest {
            let own = &code.digest;
            return Err(format!("its table is of the world {digest}, its section of {own}; build it again"));
        }
        let functions = functions(code, &exports)?;
        let missing = || "its table lacks a function of its own: `realloc`, `start` or `failure`".to_owned();
        let (realloc, start, get_failure) = (
            plugin.realloc.ok_or_else(missing)?,
            plugin.start.ok_or_else(missing)?,
            plugin.failure.ok_or_else(missing)?,
        );
        let state = Rc::new(State {
            host: Arc::clone(host),
            functions: Arc::clone(&code.host_functions),
            imports: resolve(code, imports)?,
            destructors: code.names.destructors.iter().map(|name| exports[name]).collect(),
            realloc,
            get_failure,
            table: std::cell::RefCell::default(),
            failure: std::cell::RefCell::default(),
        });
        let table = Box::new(HostTable { context: Rc::as_ptr(&state).cast(), call: import::call });
        // SAFETY: the library keeps the pointer; `Self` keeps what it points to until the library is unloaded.
        unsafe { start(&raw const *table) };
        Ok((Self { _loaded: loaded, _file: file, _table: table, state }, functions))
    }

    pub(super) fn state(&self) -> &State {
        &self.state
    }
}

/// A file that no other instance has: of a file that is loaded already, systems would hand out the library as it is.
pub(super) fn copy(library: &[u8]) -> io::Result<TempPath> {
    let write = || {
        let mut file = tempfile::Builder::new().prefix("componium-").suffix(std::env::consts::DLL_SUFFIX).tempfile()?;
        file.write_all(library)?;
        Ok(file.into_temp_path())
    };
    write().map_err(|error: io::Error| {
        io::Error::new(error.kind(), format!("a copy of the library cannot be written: {error}"))
    })
}

/// # Safety
///
/// The library's constructors can be trusted.
#[cfg(unix)]
unsafe fn open(path: &std::path::Path) -> Result<libloading::Library, libloading::Error> {
    use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};
    // At once, so that a missing symbol is an error here rather than the end of the process in some call.
    // SAFETY: as promised.
    unsafe { Library::open(Some(path), RTLD_NOW | RTLD_LOCAL) }.map(Into::into)
}

/// # Safety
///
/// The library's constructors can be trusted.
#[cfg(windows)]
unsafe fn open(path: &std::path::Path) -> Result<libloading::Library, libloading::Error> {
    // SAFETY: as promised.
    unsafe { libloading::Library::new(path) }
}

fn check_version(plugin: &Plugin) -> Result<(), String> {
    if (plugin.abi, plugin.pointer) == (ABI, POINTER) {
        return Ok(());
    }
    let (abi, pointer) = (plugin.abi, plugin.pointer);
    Err(format!(
        "its table is of version {abi} of the native ABI with pointers of {pointer} bytes, its section of version {ABI} \
         with pointers of {POINTER}; build it again"
    ))
}

/// # Safety
///
/// The pointer is null, or to a string that ends with zero and lives as long as is asked for.
unsafe fn text<'a>(text: *const c_char) -> Result<&'a str, String> {
    if text.is_null() {
        return Err("a name in its table is null".to_owned());
    }
    // SAFETY: as promised.
    unsafe { CStr::from_ptr(text) }.to_str().map_err(|_| "a name in its table is not UTF-8".to_owned())
}

/// # Safety
///
/// The pointer is null, or to so many elements.
unsafe fn slice<'a, T>(pointer: *const T, count: u32) -> Result<&'a [T], String> {
    match (pointer.is_null(), count) {
        (_, 0) => Ok(&[]),
        (true, _) => Err("its table has a null pointer".to_owned()),
        // SAFETY: as promised.
        (false, count) => Ok(unsafe { std::slice::from_raw_parts(pointer, count as usize) }),
    }
}

/// The exports by their names.
///
/// # Safety
///
/// The table has the pointers that it tells.
unsafe fn exports(plugin: &Plugin) -> Result<HashMap<String, Call>, String> {
    // SAFETY: as promised.
    let exports = unsafe { slice(plugin.exports, plugin.export_count)? };
    let each = exports.iter().map(|export| {
        // SAFETY: as promised.
        let name = unsafe { text(export.name)? };
        Ok((name.to_owned(), export.call.ok_or_else(|| format!("`{name}` is null in its table"))?))
    });
    each.collect()
}

/// The imports' modules and names.
///
/// # Safety
///
/// As for `exports`.
unsafe fn imports(plugin: &Plugin) -> Result<Vec<(String, String)>, String> {
    // SAFETY: as promised.
    let imports = unsafe { slice(plugin.imports, plugin.import_count)? };
    // SAFETY: as promised.
    imports
        .iter()
        .map(|import| unsafe { Ok((text(import.module)?.to_owned(), text(import.name)?.to_owned())) })
        .collect()
}

/// The functions of the world, all of which must be there, and none but those.
fn functions(code: &Code, exports: &HashMap<String, Call>) -> Result<Vec<Function>, String> {
    let names = &code.names;
    let wanted: Vec<_> = names.callable.iter().chain(&names.others).chain(&names.destructors).collect();
    if let Some(missing) = wanted.iter().find(|name| !exports.contains_key(**name)) {
        return Err(format!("it does not export `{missing}`, which its world has; build it again"));
    }
    let is_post_return =
        |name: &str| name.strip_prefix("cabi_post_").is_some_and(|name| wanted.iter().any(|w| *w == name));
    if let Some(unknown) = exports.keys().filter(|name| !wanted.contains(name)).find(|name| !is_post_return(name)) {
        return Err(format!("it exports `{unknown}`, which its world does not have; build it again"));
    }
    let function =
        |name: &String| Function { call: exports[name], post_return: exports.get(&post_return(name)).copied() };
    Ok(names.callable.iter().map(function).collect())
}

/// What the host does for each import, all of which must be the world's.
fn resolve(code: &Code, imports: Vec<(String, String)>) -> Result<Vec<Import>, String> {
    let each = imports.into_iter().map(|import| {
        code.names.imports.get(&import).copied().ok_or_else(|| {
            let (module, name) = import;
            if module.starts_with("wasi:") {
                format!("it imports `{name}` of `{module}`, which a native plugin gets from its system instead")
            } else {
                format!("it imports `{name}` of `{module}`, which its world does not have; build it again")
            }
        })
    });
    each.collect()
}
