//! The benchmark's workloads as a component.

mod bindings {
    componium_guest::generate!({ path: "../../../wit/bench/0.1.0", world: "backend" });
}
mod evaluate;

use bindings::exports::componium::bench::workloads::{Guest, Row};

const MESSAGES: [&str; 4] = ["connected", "request served", "page not found", "closed by peer"];

struct Backend;

impl Guest for Backend {
    fn add(a: u32, b: u32) -> u32 {
        a.wrapping_add(b)
    }

    fn receive(data: Vec<u8>) -> u32 {
        let (Some(&first), Some(&last)) = (data.first(), data.last()) else { return 0 };
        let length = u32::try_from(data.len()).expect("memory has 32-bit addresses");
        length.wrapping_add(first.into()).wrapping_add(last.into())
    }

    fn sum(data: Vec<u8>) -> u64 {
        data.iter().copied().map(u64::from).sum()
    }

    fn echo(text: String) -> String {
        text
    }

    fn rows(count: u32) -> Vec<Row> {
        let messages = MESSAGES.iter().cycle();
        (0..count).zip(messages).map(|(id, message)| Row { id: id.into(), message: message.to_string() }).collect()
    }

    fn evaluate(expression: String) -> f64 {
        evaluate::evaluate(&expression).unwrap_or(f64::NAN)
    }
}

bindings::export!(Backend with_types_in bindings);
