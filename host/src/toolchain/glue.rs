//! The C glue of a native plugin: the functions of its world behind one table. docs/reference/native-abi.md.

use std::fmt::{self, Write};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use wit_parser::abi::WasmType;
use wit_parser::{Resolve, WorldId};

use super::core_names::{Export, Import, Role, exports, imports};

/// The version of the ABI.
const ABI: u32 = 1;

/// The same for every world.
const FIXED: &str = concat!(include_str!("native.h"), "\n", include_str!("glue.c"));

/// Write the glue of a world.
pub(super) fn generate(resolve: &Resolve, world: WorldId) -> Result<String> {
    let package = encode(resolve, world)?;
    let digest = Sha256::digest(&package);
    let (exports, imports) = (exports(resolve, world)?, imports(resolve, world)?);
    let mut glue = String::from(FIXED);
    write_section(&mut glue, &digest, &package)?;
    for (number, import) in imports.iter().enumerate() {
        write_import(&mut glue, number, import)?;
    }
    for (number, export) in exports.iter().enumerate() {
        write_export(&mut glue, number, export)?;
    }
    write_tables(&mut glue, &digest, &exports, &imports)?;
    Ok(glue)
}

/// The world as a WIT package in binary form, without its package's other worlds.
fn encode(resolve: &Resolve, world: WorldId) -> Result<Vec<u8>> {
    let mut resolve = resolve.clone();
    let package = resolve.worlds[world].package.context("the world has no package")?;
    resolve.packages[package].worlds.retain(|_, id| *id == world);
    wit_component::encode(&resolve, package, false)
}

fn write_section(glue: &mut String, digest: &[u8], package: &[u8]) -> fmt::Result {
    glue.push_str(
        "\n/* The world, for the host to read without running anything. */\n\
         __attribute__((section(COMPONIUM_SECTION), used, retain, aligned(8)))\n\
         static const uint8_t world[] = {\n",
    );
    write_bytes(glue, b"componium-native")?;
    write_bytes(glue, &ABI.to_le_bytes())?;
    glue.push_str("    sizeof(void *), 0, 0, 0,\n");
    write_bytes(glue, digest)?;
    write_bytes(glue, &(package.len() as u64).to_le_bytes())?;
    write_bytes(glue, package)?;
    glue.push_str("};\n");
    Ok(())
}

fn write_bytes(glue: &mut String, bytes: &[u8]) -> fmt::Result {
    for line in bytes.chunks(24) {
        let line: Vec<_> = line.iter().map(u8::to_string).collect();
        writeln!(glue, "    {},", line.join(", "))?;
    }
    Ok(())
}

/// A definition of the import's symbol, which asks the host.
fn write_import(glue: &mut String, number: usize, import: &Import) -> fmt::Result {
    let parameters: Vec<_> =
        import.parameters.iter().enumerate().map(|(i, ty)| format!("{}p{i}", declarator(*ty))).collect();
    let from = |(i, ty): (usize, &WasmType)| match import.role {
        Role::New => format!("from_representation(p{i})"),
        _ => format!("from_{}(p{i})", suffix(*ty)),
    };
    let mut values: Vec<_> = import.parameters.iter().enumerate().map(from).collect();
    if values.is_empty() {
        values.push("0".to_owned());
    }
    let result = match (import.role, import.result) {
        (Role::Representation, _) => "    return to_representation(values[0]);\n".to_owned(),
        (_, Some(ty)) => format!("    return to_{}(values[0]);\n", suffix(ty)),
        (_, None) => String::new(),
    };
    let declaration = declaration(&import.symbol(), import.result, &parameters);
    writeln!(glue, "\n/* {}#{} */\n{declaration};", import.module, import.name)?;
    writeln!(glue, "{declaration} {{\n    uint64_t values[] = {{{}}};", values.join(", "))?;
    writeln!(glue, "    call_host({number}, values);\n{result}}}")
}

/// What the host calls for an export.
fn write_export(glue: &mut String, number: usize, export: &Export) -> fmt::Result {
    let types: Vec<_> = export.parameters.iter().map(|ty| declarator(*ty).trim_end().to_owned()).collect();
    let to = |(i, ty): (usize, &WasmType)| match (export.role, i) {
        (Role::Method, 0) => format!("to_representation(values[{i}])"),
        (Role::Destructor, _) => format!("to_ended(values[{i}])"),
        _ => format!("to_{}(values[{i}])", suffix(*ty)),
    };
    let arguments: Vec<_> = export.parameters.iter().enumerate().map(to).collect();
    let (symbol, arguments) = (export.symbol(), arguments.join(", "));
    writeln!(glue, "\n/* {} */\n{};", export.name, declaration(&symbol, export.result, &types))?;
    writeln!(glue, "static int32_t call_{number}(uint64_t *values) {{\n    ENTER(1);")?;
    if export.parameters.is_empty() && export.result.is_none() {
        glue.push_str("    (void)values;\n");
    }
    match export.result {
        Some(ty) => writeln!(glue, "    values[0] = from_{}({symbol}({arguments}));", suffix(ty))?,
        None => writeln!(glue, "    {symbol}({arguments});")?,
    }
    glue.push_str("    LEAVE();\n    return 0;\n}\n");
    Ok(())
}

fn write_tables(glue: &mut String, digest: &[u8], exports: &[Export], imports: &[Import]) -> fmt::Result {
    glue.push_str("\nstatic const struct componium_export exports[] = {\n");
    for (number, export) in exports.iter().enumerate() {
        writeln!(glue, "    {{\"{}\", call_{number}}},", export.name)?;
    }
    glue.push_str("    {0},\n};\n\nstatic const struct componium_import imports[] = {\n");
    for import in imports {
        writeln!(glue, "    {{\"{}\", \"{}\"}},", import.module, import.name)?;
    }
    let digest = digest.iter().fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"));
    let (export_count, import_count) = (exports.len(), imports.len());
    write!(
        glue,
        r#"    {{0}},
}};

COMPONIUM_SHOWN const struct componium_plugin componium_plugin = {{
    .abi = {ABI},
    .pointer = sizeof(void *),
    .digest = "{digest}",
    .export_count = {export_count},
    .import_count = {import_count},
    .exports = exports,
    .imports = imports,
    .realloc = allocate,
    .start = start,
    .failure = failure,
}};
"#
    )
}

/// `int32_t name(parameters)`.
fn declaration(name: &str, result: Option<WasmType>, parameters: &[String]) -> String {
    let result = result.map_or_else(|| "void ".to_owned(), |ty| declarator(ty).to_owned());
    let parameters = if parameters.is_empty() { "void".to_owned() } else { parameters.join(", ") };
    format!("{result}{name}({parameters})")
}

/// A core type in C, ready for a name to follow.
fn declarator(ty: WasmType) -> &'static str {
    match ty {
        WasmType::I32 => "int32_t ",
        WasmType::I64 | WasmType::PointerOrI64 => "int64_t ",
        WasmType::F32 => "float ",
        WasmType::F64 => "double ",
        WasmType::Pointer => "uint8_t *",
        WasmType::Length => "size_t ",
    }
}

/// What the functions of glue.c that convert it are named after.
fn suffix(ty: WasmType) -> &'static str {
    match ty {
        WasmType::Pointer => "pointer",
        ty => declarator(ty).trim_end(),
    }
}
