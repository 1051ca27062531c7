//! The rewriting of generated bindings to native symbols.
//!
//! The generator's version is exact, so its text is known; a place that is not as expected is an error.

/// What generated code calls of crate componium-guest.
const SUPPORT: &str = "::componium_guest::native";

/// Rewrite exports, imports, representations, and what happens first in every call.
pub fn rewrite(source: &str) -> Result<String, String> {
    let source = exports(source)?;
    let source = imports(&source)?;
    let source = representations(&source)?;
    if source.contains("wasm_import_module") {
        return Err("the generator wrote an import of an unknown form".to_owned());
    }
    Ok(first_steps(&source))
}

/// `#[unsafe(export_name = "…")]` gets a name that linkers take.
fn exports(source: &str) -> Result<String, String> {
    replace(source, "export_name = \"", |rest| {
        let (name, rest) = split(rest, "\"")?;
        Ok((format!("export_name = \"componium_export_{}\"", mangle(name)), rest))
    })
}

/// Each import is declared for WebAssembly and has a stub for everything else; the declaration stays, with another name.
fn imports(source: &str) -> Result<String, String> {
    replace(source, "#[cfg(target_arch = \"wasm32\")]", |rest| {
        let Some(import) = rest.trim_start().strip_prefix("#[link(wasm_import_module = \"") else {
            return Ok(("#[cfg(target_arch = \"wasm32\")]".to_owned(), rest)); // the world's type, which the glue has
        };
        let (module, import) = split(import, "\")]")?;
        let (head, import) = split(import, "#[link_name = \"")?;
        let (name, import) = split(import, "\"")?;
        let (declaration, stub) = split(import, "#[cfg(not(target_arch = \"wasm32\"))]")?;
        let (_, rest) = split(stub, "{ unreachable!() }")?;
        let symbol = mangle(&format!("{module}#{name}"));
        Ok((format!("{head}#[link_name = \"componium_import_{symbol}\"{declaration}"), rest))
    })
}

/// A borrowed resource of the plugin comes as a number, but for `self`, which comes as a pointer.
fn representations(source: &str) -> Result<String, String> {
    replace(source, "core::ptr::with_exposed_provenance(", |rest| {
        let (operand, rest) = split(rest, " as u32 as usize)")?;
        Ok((format!("{SUPPORT}::Representation::pointer({operand})"), rest))
    })
}

/// In place of WebAssembly's constructors, which a native library's loader has run.
fn first_steps(source: &str) -> String {
    let guard = "#[cfg(target_arch=\"wasm32\")]";
    source.replace(guard, &format!("{SUPPORT}::catch_panics();\n{guard}"))
}

/// Replace every `start` and what `change` consumes behind it.
fn replace(
    source: &str,
    start: &str,
    change: impl Fn(&str) -> Result<(String, &str), String>,
) -> Result<String, String> {
    let mut written = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, behind)) = rest.split_once(start) {
        let (changed, behind) = change(behind)?;
        written.push_str(before);
        written.push_str(&changed);
        rest = behind;
    }
    written.push_str(rest);
    Ok(written)
}

fn split<'a>(text: &'a str, separator: &str) -> Result<(&'a str, &'a str), String> {
    text.split_once(separator).ok_or_else(|| format!("the generator wrote bindings without `{separator}`"))
}

/// Spell a name of the component model with the characters that linkers take.
fn mangle(name: &str) -> String {
    let spell = |byte: u8| match byte {
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("_{byte:02x}"),
    };
    name.bytes().map(spell).collect()
}

#[cfg(test)]
mod tests {
    use super::{exports, first_steps, imports, representations};

    #[test]
    fn an_export_gets_a_name_for_linkers() {
        let source = "#[unsafe(export_name = \"a:b/c#d\")] unsafe extern \"C\" fn d() {}";
        let expected = "#[unsafe(export_name = \"componium_export_a_3ab_2fc_23d\")] unsafe extern \"C\" fn d() {}";
        assert_eq!(exports(source).unwrap(), expected);
    }

    #[test]
    fn an_import_is_declared_and_its_stub_goes() {
        let source = r#"
            #[cfg(target_arch = "wasm32")]
            #[link(wasm_import_module = "a:b/c")]
            unsafe extern "C" { #[link_name = "d"] fn import(_: i32, ); }
            #[cfg(not(target_arch = "wasm32"))]
            unsafe extern "C" fn import(_: i32, ) { unreachable!() }
            rest"#;
        let rewritten = imports(source).unwrap();
        let words: Vec<_> = rewritten.split_whitespace().collect();
        let expected =
            r#"unsafe extern "C" { #[link_name = "componium_import_a_3ab_2fc_23d"] fn import(_: i32, ); } rest"#;
        assert_eq!(words.join(" "), expected);
    }

    #[test]
    fn a_borrow_is_looked_up() {
        let source = "CounterBorrow::lift(core::ptr::with_exposed_provenance(arg0 as u32 as usize))";
        let expected = "CounterBorrow::lift(::componium_guest::native::Representation::pointer(arg0))";
        assert_eq!(representations(source).unwrap(), expected);
    }

    #[test]
    fn panics_are_caught_first() {
        let source = "{ #[cfg(target_arch=\"wasm32\")]\nrun_ctors_once();";
        assert!(first_steps(source).starts_with("{ ::componium_guest::native::catch_panics();"));
    }

    #[test]
    fn an_unknown_form_is_an_error() {
        assert!(exports("export_name = \"open").unwrap_err().contains("without"));
    }
}
