/// Writes one formatted line to the application's log.
///
/// Works with every contract whose imported interface has `enum level` and `log: func(level: level, message: string)`:
/// name the generated module of that interface, the level, then what `format!` takes.
///
/// ```
/// # mod componium { pub mod launcher { pub mod host {
/// #     pub enum Level { Debug }
/// #     pub fn log(_: Level, message: &str) { assert_eq!(message, "echo: 5 bytes"); }
/// # } } }
/// # fn main() {
/// # let text = "hello";
/// use componium::launcher::host;
///
/// componium_guest::log!(host, Debug, "echo: {} bytes", text.len());
/// # }
/// ```
#[macro_export]
macro_rules! log {
    ($interface:path, $level:ident, $($message:tt)+) => {{
        use $interface as __interface;
        __interface::log(__interface::Level::$level, &::std::format!($($message)+))
    }};
}
