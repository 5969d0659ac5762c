//! Numbers that are kind and exact (G6, principle 5): pure functions of terms, pauses and outcomes.
//!
//! What each number means, with examples, stands in `docs/statistics.md`.

mod days_since;
mod ledger;
mod standing;

pub use days_since::{DaysSince, days_since};
pub use ledger::{Checkpoint, DayFact, Ledger};
pub use standing::{Return, Standing};
