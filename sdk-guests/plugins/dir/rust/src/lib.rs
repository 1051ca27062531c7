//! Lists the folder that the application grants. What it was not granted does not exist for it: the sandbox, not this
//! code, keeps it in.

mod bindings {
    componium_guest::generate!({ path: "../../../../wit/launcher/0.1.0", world: "plugin" });
}
mod listing;
mod path;

use bindings::exports::componium::launcher::runner::{ActionItem, Guest};
use listing::Entry;

const TRIGGER: &str = "/";

struct Dir;

impl Guest for Dir {
    fn get_trigger() -> String {
        TRIGGER.into()
    }

    fn handle(input: String) -> Vec<ActionItem> {
        input.strip_prefix(TRIGGER).map(answer).unwrap_or_default()
    }
}

fn answer(text: &str) -> Vec<ActionItem> {
    let folder = path::normalize(text);
    match listing::list(&folder) {
        Ok(entries) => entries.into_iter().map(|entry| item(&folder, entry)).collect(),
        Err(problem) => {
            vec![ActionItem { name: problem.to_string(), exec: String::new(), keywords: "error".into() }]
        }
    }
}

fn item(folder: &str, entry: Entry) -> ActionItem {
    let exec = path::join(folder, &entry.name);
    let (name, keywords) = if entry.is_folder { (entry.name + "/", "folder") } else { (entry.name, "file") };
    ActionItem { name, exec, keywords: keywords.into() }
}

bindings::export!(Dir with_types_in bindings);
