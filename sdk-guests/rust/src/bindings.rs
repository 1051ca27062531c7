/// Generates Rust bindings for a WIT world, and the macro `export!` that makes a type the plugin.
///
/// Takes the options of [`wit_bindgen::generate!`](crate::wit_bindgen::generate), of which a plugin needs `path`, the
/// contract's folder relative to the plugin's `Cargo.toml`, and `world`. The generated code finds its run-time support
/// through this crate, which must therefore keep its name `componium_guest` in the plugin's dependencies.
#[cfg(not(feature = "native"))]
#[macro_export]
macro_rules! generate {
    ({ $($option:tt)* }) => {
        $crate::wit_bindgen::generate!({
            runtime_path: "::componium_guest::wit_bindgen::rt",
            $($option)*
        });
    };
}

/// Generates Rust bindings for a WIT world with the symbols of a native library, and the macro `export!`.
#[cfg(feature = "native")]
#[macro_export]
macro_rules! generate {
    ({ $($option:tt)* }) => {
        $crate::native::generate!({
            runtime_path: "::componium_guest::wit_bindgen::rt",
            $($option)*
        });
    };
}
