//! Every function hands its argument to the host's function of the same name and returns what comes back.

mod bindings {
    componium_guest::generate!({ path: "../wit", world: "values", generate_all, additional_derives: [Clone] });
}

use bindings::exports::test::values::echoes::Guest;
use bindings::test::values::echoes as host;
use bindings::test::values::types::{Color, Many, Mixed, Permissions, Point, Shape};

struct Values;

/// Functions that pass their argument on as it is.
macro_rules! by_value {
    ($($name:ident: $ty:ty,)*) => {
        $(fn $name(value: $ty) -> $ty {
            host::$name(value)
        })*
    };
}

/// Functions that pass their argument on by reference.
macro_rules! by_reference {
    ($($name:ident: $ty:ty,)*) => {
        $(fn $name(value: $ty) -> $ty {
            host::$name(&value)
        })*
    };
}

impl Guest for Values {
    by_value! {
        echo_bool: bool,
        echo_s8: i8,
        echo_u8: u8,
        echo_s16: i16,
        echo_u16: u16,
        echo_s32: i32,
        echo_u32: u32,
        echo_s64: i64,
        echo_u64: u64,
        echo_f32: f32,
        echo_f64: f64,
        echo_char: char,
        echo_color: Color,
        echo_permissions: Permissions,
        echo_many: Many,
        echo_point: Point,
        echo_option: Option<u32>,
    }

    by_reference! {
        echo_string: String,
        echo_bytes: Vec<u8>,
        echo_floats: Vec<f64>,
        echo_shorts: Vec<i16>,
        echo_strings: Vec<String>,
        echo_nested: Vec<Vec<String>>,
        echo_mixed: Mixed,
        echo_shape: Shape,
        echo_shapes: Vec<Shape>,
        echo_results: Vec<Result<i32, String>>,
    }

    fn echo_tuple(value: (u8, String, f64)) -> (u8, String, f64) {
        host::echo_tuple((value.0, &value.1, value.2))
    }

    fn echo_options(value: Option<Option<String>>) -> Option<Option<String>> {
        host::echo_options(value.as_ref().map(Option::as_deref))
    }

    fn echo_result(value: Result<i32, String>) -> Result<i32, String> {
        host::echo_result(value.as_ref().map(|number| *number).map_err(String::as_str))
    }

    fn echo_bare_result(value: Result<(), ()>) -> Result<(), ()> {
        host::echo_bare_result(value)
    }

    #[allow(clippy::too_many_arguments)] // so that they travel in memory
    fn join(
        a: String,
        b: String,
        c: String,
        d: String,
        e: String,
        f: String,
        g: String,
        h: String,
        last: u8,
    ) -> String {
        host::join(&a, &b, &c, &d, &e, &f, &g, &h, last)
    }

    fn nothing() {
        host::nothing();
    }
}

bindings::export!(Values with_types_in bindings);
