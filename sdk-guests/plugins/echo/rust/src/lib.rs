//! The smallest useful plugin: it answers every query with its own text, calling the application twice on the way.

mod bindings {
    componium_guest::generate!({ path: "../../../../wit/launcher/0.1.0", world: "plugin" });
}

use bindings::componium::launcher::host;
use bindings::exports::componium::launcher::runner::{ActionItem, Guest};

const TRIGGER: &str = ">";

struct Echo;

impl Guest for Echo {
    fn get_trigger() -> String {
        TRIGGER.into()
    }

    fn handle(input: String) -> Vec<ActionItem> {
        input.strip_prefix(TRIGGER).map(echo).into_iter().collect()
    }
}

fn echo(text: &str) -> ActionItem {
    componium_guest::log!(host, Debug, "echo: {} bytes", text.len());
    let prefix = host::get_user_config("prefix").unwrap_or_default();
    ActionItem { name: prefix + text, exec: text.into(), keywords: "echo".into() }
}

bindings::export!(Echo with_types_in bindings);
