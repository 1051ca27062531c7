//! The bridge against wasmtime's own values: the same memory must mean the same to both, in both directions.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

use arbitrary::Unstructured;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyModule};
use wasmtime::component::{Component, Func, Instance, Linker, Val};
use wasmtime::{Config, Engine, Store};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};

use super::interpreter::{attach, repr};
use super::subject::{any_encoding, any_type, world};
use crate::encoding::Encoding;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(&Config::new()).expect("the engine starts"));
/// Where the fuzzer's bytes go.
const AT: u32 = 1024;
/// Most of them.
const MOST: usize = 4096;
/// Most components that are kept.
const KEPT: usize = 200;

thread_local! {
    static MADE: RefCell<HashMap<(String, u8), Rc<Subject>>> = RefCell::default();
}

/// One component, compiled by both.
struct Subject {
    bridge: Py<PyAny>,
    plain: Component,
}

/// Lift the same bytes twice; what comes out goes in by one path and comes out by the other.
pub fn round_trip(data: &[u8]) {
    let _ = attach(|py| run(py, &mut Unstructured::new(data)));
}

fn run(py: Python<'_>, u: &mut Unstructured<'_>) -> arbitrary::Result<()> {
    let subject = subject(py, any_type(u)?, any_encoding(u)?);
    let bytes = u.peek_bytes(u.len().min(MOST)).unwrap_or_default();
    let (bridge, mut plain) = (Bridge::new(py, &subject), Plain::new(&subject));
    bridge.poke(AT, bytes);
    plain.poke(AT, bytes);
    let (value, expected) = match (bridge.give(AT), plain.give(AT)) {
        (Ok(value), Ok(expected)) => (value, expected),
        (Err(_), Err(_)) => return Ok(()),
        (Err(error), Ok(_)) if error.to_string().contains("MiB at once") => return Ok(()),
        (Err(error), Ok(expected)) => panic!("only the bridge refuses: {error}; it is {expected:?}"),
        (Ok(value), Err(error)) => panic!("only wasmtime refuses: {error:?}; it is {}", repr(&value)),
    };
    // In by the bridge, out by wasmtime.
    let (bridge, mut plain) = (Bridge::new(py, &subject), Plain::new(&subject));
    let address = bridge.take(&value);
    plain.poke(0, &bridge.peek());
    assert_eq!(plain.give(address).expect("what the bridge lowers is sound"), expected);
    // In by wasmtime, out by the bridge.
    let (bridge, mut plain) = (Bridge::new(py, &subject), Plain::new(&subject));
    let address = plain.take(expected);
    bridge.poke(0, &plain.peek());
    assert_eq!(repr(&bridge.give(address).expect("what wasmtime lowers is sound")), repr(&value));
    Ok(())
}

fn subject(py: Python<'_>, ty: String, encoding: Encoding) -> Rc<Subject> {
    let key = (ty, encoding as u8);
    if let Some(made) = MADE.with_borrow(|made| made.get(&key).cloned()) {
        return made;
    }
    let wasm = component(&key.0, encoding);
    let options = PyDict::new(py);
    options.set_item("name", "fuzz").and_then(|()| options.set_item("cache", false)).expect("a dict");
    let load = PyModule::import(py, "componium").and_then(|module| module.getattr("load"));
    let bridge = load.and_then(|load| load.call((PyBytes::new(py, &wasm),), Some(&options)));
    let plain = Component::new(&ENGINE, &wasm).expect("the component is sound");
    let made = Rc::new(Subject { bridge: bridge.expect("the component is sound").unbind(), plain });
    MADE.with_borrow_mut(|kept| {
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, Rc::clone(&made));
    });
    made
}

fn component(ty: &str, encoding: Encoding) -> Vec<u8> {
    let encoding = match encoding {
        Encoding::Utf8 => StringEncoding::UTF8,
        Encoding::Utf16 => StringEncoding::UTF16,
        Encoding::CompactUtf16 => StringEncoding::CompactUTF16,
    };
    let world = world(ty);
    let mut core = wat::parse_str(include_str!("round_trip.wat")).expect("the text is sound");
    embed_component_metadata(&mut core, &world.resolve, world.id, encoding, false).expect("the world is sound");
    let mut encoder = ComponentEncoder::default();
    encoder.module(&core).and_then(ComponentEncoder::encode).expect("the module is what the world says")
}

/// The component as Python runs it.
struct Bridge<'py>(Bound<'py, PyAny>);

impl<'py> Bridge<'py> {
    fn new(py: Python<'py>, subject: &Subject) -> Self {
        let instance = subject.bridge.bind(py).call_method0("instantiate");
        Self(instance.and_then(|instance| instance.getattr("api")).expect("the component starts"))
    }

    fn poke(&self, address: u32, bytes: &[u8]) {
        self.0.call_method1("poke", (address, PyBytes::new(self.0.py(), bytes))).expect("memory can be written");
    }

    fn peek(&self) -> Vec<u8> {
        self.0.call_method0("peek").and_then(|bytes| bytes.extract()).expect("memory can be read")
    }

    fn give(&self, address: u32) -> PyResult<Bound<'py, PyAny>> {
        let given = self.0.call_method1("give", (address,));
        let trap = PyModule::import(self.0.py(), "componium").and_then(|module| module.getattr("Trap"));
        if let (Err(error), Ok(trap)) = (&given, trap) {
            assert!(error.value(self.0.py()).is_exact_instance(&trap), "lifting raised {error}");
        }
        given
    }

    fn take(&self, value: &Bound<'py, PyAny>) -> u32 {
        let taken = self.0.call_method1("take", (value, [0_u64; 16]));
        taken.and_then(|address| address.extract()).expect("what was lifted can be lowered")
    }
}

/// The component as wasmtime runs it by itself.
struct Plain {
    store: Store<()>,
    instance: Instance,
    subject: Component,
}

impl Plain {
    fn new(subject: &Subject) -> Self {
        let mut store = Store::new(&ENGINE, ());
        let instance = Linker::new(&ENGINE).instantiate(&mut store, &subject.plain).expect("the component starts");
        Self { store, instance, subject: subject.plain.clone() }
    }

    fn function(&mut self, name: &str) -> Func {
        let interface = self.subject.get_export_index(None, "fuzz:palette/api");
        let index = self.subject.get_export_index(interface.as_ref(), name).expect("the function is exported");
        self.instance.get_func(&mut self.store, index).expect("the export is a function")
    }

    fn call(&mut self, name: &str, arguments: &[Val]) -> wasmtime::Result<Val> {
        let mut results = [Val::Bool(false)];
        self.function(name).call(&mut self.store, arguments, &mut results)?;
        let [result] = results;
        Ok(result)
    }

    fn poke(&mut self, address: u32, bytes: &[u8]) {
        let bytes = Val::List(bytes.iter().map(|byte| Val::U8(*byte)).collect());
        let poke = self.function("poke");
        poke.call(&mut self.store, &[Val::U32(address), bytes], &mut []).expect("memory can be written");
    }

    fn peek(&mut self) -> Vec<u8> {
        let Ok(Val::List(bytes)) = self.call("peek", &[]) else { panic!("memory can be read") };
        bytes.iter().map(|byte| if let Val::U8(byte) = byte { *byte } else { panic!("a byte") }).collect()
    }

    fn give(&mut self, address: u32) -> wasmtime::Result<Val> {
        self.call("give", &[Val::U32(address)])
    }

    fn take(&mut self, value: Val) -> u32 {
        let padding = Val::Tuple(vec![Val::U64(0); 16]);
        match self.call("take", &[value, padding]) {
            Ok(Val::U32(address)) => address,
            other => panic!("what was lifted can be lowered: {other:?}"),
        }
    }
}
