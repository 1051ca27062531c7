//! Evaluates arithmetic: `=2+2` answers `2+2 = 4`.

mod bindings {
    componium_guest::generate!({ path: "../../../../wit/launcher/0.1.0", world: "plugin" });
}
mod expression;
mod functions;
mod number;
mod problem;
mod token;

use bindings::exports::componium::launcher::runner::{ActionItem, Guest};

const TRIGGER: &str = "=";

struct Calc;

impl Guest for Calc {
    fn get_trigger() -> String {
        TRIGGER.into()
    }

    fn handle(input: String) -> Vec<ActionItem> {
        input.strip_prefix(TRIGGER).map(answer).into_iter().collect()
    }
}

fn answer(text: &str) -> ActionItem {
    match expression::evaluate(text) {
        Ok(value) => {
            let result = number::format(value);
            let expression = text.trim_matches(token::is_space);
            ActionItem { name: format!("{expression} = {result}"), exec: result, keywords: "calculator".into() }
        }
        Err(problem) => ActionItem { name: problem.to_string(), exec: String::new(), keywords: "error".into() },
    }
}

bindings::export!(Calc with_types_in bindings);
