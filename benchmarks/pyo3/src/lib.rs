//! The benchmark's workloads as an extension module: the same Rust as the guest's, handed over by `pyo3`.

#[path = "../../guests/rust/src/evaluate.rs"]
mod evaluate;

use pyo3::pymodule;

const MESSAGES: [&str; 4] = ["connected", "request served", "page not found", "closed by peer"];

#[pymodule]
mod _pyo3_workloads {
    use pyo3::prelude::*;

    use super::{MESSAGES, evaluate};

    /// A row, as the contract's record.
    #[pyclass(frozen, get_all)]
    struct Row {
        id: u64,
        message: String,
    }

    #[pyfunction]
    fn add(a: u32, b: u32) -> u32 {
        a.wrapping_add(b)
    }

    #[pyfunction]
    fn receive(data: &[u8]) -> u32 {
        let (Some(&first), Some(&last)) = (data.first(), data.last()) else { return 0 };
        let length = u32::try_from(data.len()).expect("the benchmark's bytes are few");
        length.wrapping_add(first.into()).wrapping_add(last.into())
    }

    #[pyfunction]
    fn sum(data: &[u8]) -> u64 {
        data.iter().copied().map(u64::from).sum()
    }

    #[pyfunction]
    fn echo(text: String) -> String {
        text
    }

    #[pyfunction]
    fn rows(count: u32) -> Vec<Row> {
        let messages = MESSAGES.iter().cycle();
        (0..count).zip(messages).map(|(id, message)| Row { id: id.into(), message: message.to_string() }).collect()
    }

    #[pyfunction(name = "evaluate")]
    fn evaluate_expression(expression: &str) -> f64 {
        evaluate::evaluate(expression).unwrap_or(f64::NAN)
    }
}
