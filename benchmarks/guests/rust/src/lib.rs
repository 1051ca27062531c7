//! The benchmark's workloads as a component.

mod bindings {
    componium_guest::generate!({ path: "../../../wit/bench/0.1.0", world: "backend" });
}
mod evaluate;

use bindings::exports::componium::bench::workloads::{Guest, Row};

/// The most bytes whose sum surely fits into 16 bits, rounded down to a power of two.
const BLOCK: usize = 256;

struct Backend;

impl Guest for Backend {
    fn add(a: u32, b: u32) -> u32 {
        a.wrapping_add(b)
    }

    /// Short sums in 16 bits are what compilers turn into the shortest vector code. Then most of the time goes into the
    /// crossing, which is what the workload is about.
    fn sum(data: Vec<u8>) -> u64 {
        let blocks = data.chunks_exact(BLOCK);
        let rest: u64 = blocks.remainder().iter().copied().map(u64::from).sum();
        let whole: u64 = blocks.map(|block| u64::from(block.iter().copied().map(u16::from).sum::<u16>())).sum();
        whole + rest
    }

    fn echo(text: String) -> String {
        text
    }

    fn rows(count: u32) -> Vec<Row> {
        (0..count).map(|id| Row { id: id.into(), message: format!("row {id}") }).collect()
    }

    fn evaluate(expression: String) -> f64 {
        evaluate::evaluate(&expression).unwrap_or(f64::NAN)
    }
}

bindings::export!(Backend with_types_in bindings);
