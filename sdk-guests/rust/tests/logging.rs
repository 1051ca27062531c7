//! `log!` formats its message and names the level of the interface it is given.

/// Stands in for the module that `generate!` makes of an imported interface.
mod application {
    pub mod host {
        use std::cell::RefCell;

        #[derive(Debug, PartialEq)]
        pub enum Level {
            Error,
            Debug,
        }

        thread_local! {
            pub static LINES: RefCell<Vec<(Level, String)>> = const { RefCell::new(Vec::new()) };
        }

        pub fn log(level: Level, message: &str) {
            LINES.with_borrow_mut(|lines| lines.push((level, message.to_owned())));
        }
    }
}

use application::host::{self, Level};

#[test]
fn a_line_reaches_the_interface_formatted() {
    let count = 3;
    componium_guest::log!(host, Debug, "echo: {count} {}", "bytes");
    componium_guest::log!(crate::application::host, Error, "100 %");
    let lines = host::LINES.take();
    assert_eq!(lines, [(Level::Debug, "echo: 3 bytes".to_owned()), (Level::Error, "100 %".to_owned())]);
}
