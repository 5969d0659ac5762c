//! What a goal may ask for, on which days, and what of a day counts (G1, G2, G4, G5).
//!
//! These are the whole rules; [`crate::Goal`] and [`crate::Schedule`] are the part of them that formats and
//! screens know so far. `docs/goals.md` says the same for people, with every rule that refuses something.

mod amount;
mod error;
mod logged;
mod measure;
mod occasion;
mod pause;
mod rhythm;
mod terms;

pub use amount::{Amount, MAX_UNIT_CHARS, Unit};
pub use error::{TermsError, TermsRule};
pub use logged::Logged;
pub use measure::{FULL_CREDIT, MAX_MILESTONES, Measure, Milestone};
pub use occasion::Occasion;
pub use pause::{MAX_PAUSES, Pause, PauseReason, PausedDays, Pauses};
pub use rhythm::{MAX_DATES, MAX_EVERY_DAYS, MAX_PER_MONTH, Rhythm};
pub use terms::{Due, Terms};
