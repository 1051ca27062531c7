//! What the targets of `fuzz/` call: each takes arbitrary bytes and panics when the bridge breaks a promise.

mod guest;
mod interpreter;
mod lift;
mod lower;
mod round_trip;
mod subject;
mod types;
mod value;

pub use self::lift::lift;
pub use self::lower::lower;
pub use self::round_trip::round_trip;
pub use self::types::types;
